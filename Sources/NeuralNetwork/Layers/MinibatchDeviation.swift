/// Minibatch standard deviation (Karras et al. 2018, "Progressive Growing of GANs", section 3): tells D how much the
/// images of a batch differ, so that a generator which draws the same few again and again gives itself away.
///
/// Input [N, positions, C], output [N, positions, C + 1]: beside the channels of every position stands s, the mean of
/// the J = positions · C standard deviations σ[j] = √(mean over n of (x[n, j] − μ[j])² + ε). Gradient, with S the sum
/// of dy over all places of s: dx[n, j] = dy[n, j] + S · (x[n, j] − μ[j]) / (N · J · σ[j]).
package final class MinibatchDeviation: Layer {
    /// ε: keeps the gradient finite where all images agree.
    private static let epsilon: Float = 1e-8

    private let channels: Int
    /// x − μ, and σ, of the last pass in training.
    private var centred: Tensor?
    private var deviations: [Float] = []

    package init(channels: Int) {
        self.channels = channels
    }

    package func forward(_ input: Tensor, _ mode: ForwardMode) -> Tensor {
        precondition(input.rowSize % channels == 0, "\(channels) channels do not divide \(input.shape)")
        let (centred, deviations) = MinibatchDeviation.spread(of: input)
        let mean = deviations.reduce(0, +) / Float(deviations.count)
        let positions = input.rowSize / channels
        let output = Tensor(uninitialized: [input.batch, positions, channels + 1])
        for position in 0..<input.batch * positions {
            let target = output.pointer + position * (channels + 1)
            target.update(from: input.pointer + position * channels, count: channels)
            target[channels] = mean
        }
        self.centred = mode == .inference ? nil : centred
        self.deviations = deviations
        return output
    }

    package func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
        guard wanted.contains(.input) else { return nil }
        guard let centred else { preconditionFailure("backward without a forward pass in training") }
        let inputGradient = Tensor(uninitialized: centred.shape)
        var sum: Float = 0
        for position in 0..<centred.count / channels {
            let source = outputGradient.pointer + position * (channels + 1)
            (inputGradient.pointer + position * channels).update(from: source, count: channels)
            sum += source[channels]
        }
        let factors = deviations.map { sum / (Float(centred.count) * $0) }
        for row in 0..<centred.batch {
            let start = row * factors.count
            for (index, factor) in factors.enumerated() {
                inputGradient.pointer[start + index] += factor * centred.pointer[start + index]
            }
        }
        return inputGradient
    }

    /// x − μ, [N, J], and σ, [J].
    private static func spread(of input: Tensor) -> (centred: Tensor, deviations: [Float]) {
        let size = input.rowSize
        let scale = 1 / Float(input.batch)
        var means = [Float](repeating: 0, count: size)
        for row in 0..<input.batch {
            for index in 0..<size { means[index] += scale * input.pointer[row * size + index] }
        }
        let centred = Tensor(uninitialized: input.shape)
        var variances = [Float](repeating: epsilon, count: size)
        for row in 0..<input.batch {
            for index in 0..<size {
                let difference = input.pointer[row * size + index] - means[index]
                centred.pointer[row * size + index] = difference
                variances[index] += scale * difference * difference
            }
        }
        return (centred, variances.map { $0.squareRoot() })
    }
}
