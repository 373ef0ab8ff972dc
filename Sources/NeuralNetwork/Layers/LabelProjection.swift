/// The score of a projection discriminator (Miyato and Koyama 2018): s[n] = w · h[n] + e(y[n]) · h[n] + b.
///
/// Input [N, features] with one label a row, output [N, 1]. Gradients: dh = ds · (w + e(y)), dw = Σ ds · h,
/// de(y) = Σ over rows of label y of ds · h, db = Σ ds.
package final class LabelProjection {
    private let weight: Parameter
    private let embedding: Parameter
    private let bias: Parameter
    private let features: Int
    private var input: Tensor?
    private var labels: [UInt8] = []

    package init(name: String, features: Int, classes: Int, random: inout RandomSource) {
        self.features = features
        weight = Parameter(
            name: "\(name).weight",
            value: Initialization.xavierUniform.tensor(
                shape: [features], inputs: features, outputs: 1, random: &random))
        embedding = Parameter(
            name: "\(name).embedding",
            value: Initialization.normal(standardDeviation: 1 / Float(features).squareRoot()).tensor(
                shape: [classes, features], inputs: features, outputs: 1, random: &random))
        bias = Parameter(name: "\(name).bias", value: Tensor(repeating: 0, shape: [1]))
    }

    package var parameters: [Parameter] { [weight, embedding, bias] }

    package func forward(_ input: Tensor, labels: [UInt8], _ mode: ForwardMode) -> Tensor {
        precondition(input.rowSize == features && labels.count == input.batch)
        self.input = mode == .inference ? nil : input
        self.labels = labels
        let output = Tensor(uninitialized: [input.batch, 1])
        for row in 0..<input.batch {
            let (line, direction) = (input.pointer + row * features, embeddingRow(labels[row]))
            var sum = bias.value.pointer[0]
            for index in 0..<features {
                sum += line[index] * (weight.value.pointer[index] + direction[index])
            }
            output.pointer[row] = sum
        }
        return output
    }

    package func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
        guard let input else { preconditionFailure("backward without a forward pass in training") }
        if wanted.contains(.parameters) { addParameterGradients(outputGradient, input) }
        guard wanted.contains(.input) else { return nil }
        let inputGradient = Tensor(uninitialized: input.shape)
        for row in 0..<input.batch {
            let (line, direction) = (inputGradient.pointer + row * features, embeddingRow(labels[row]))
            let upstream = outputGradient.pointer[row]
            for index in 0..<features {
                line[index] = upstream * (weight.value.pointer[index] + direction[index])
            }
        }
        return inputGradient
    }

    private func addParameterGradients(_ outputGradient: Tensor, _ input: Tensor) {
        for row in 0..<input.batch {
            let line = input.pointer + row * features
            let direction = embedding.gradient.pointer + Int(labels[row]) * features
            let upstream = outputGradient.pointer[row]
            bias.gradient.pointer[0] += upstream
            for index in 0..<features {
                weight.gradient.pointer[index] += upstream * line[index]
                direction[index] += upstream * line[index]
            }
        }
    }

    private func embeddingRow(_ label: UInt8) -> UnsafeMutablePointer<Float> {
        embedding.value.pointer + Int(label) * features
    }
}
