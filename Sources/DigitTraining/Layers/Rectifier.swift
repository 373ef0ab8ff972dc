/// ReLU and LeakyReLU: y = x for x > 0, else slope · x.
///
/// Any shape, elementwise. Gradient: dx = dy for y > 0, else slope · dy.
///
/// Its loops are written out: over several threads `Tensor.map` would call its closure for each element.
package final class Rectifier: Layer {
    private let slope: Float
    private let parallel: Parallel
    private var output: Tensor?

    /// - Parameter slope: 0 for ReLU, 0.2 for the LeakyReLU of the models here; never negative, so that the
    ///   output's sign tells the input's.
    package init(slope: Float, parallel: Parallel) {
        precondition(slope >= 0 && slope < 1)
        self.slope = slope
        self.parallel = parallel
    }

    package func forward(_ input: Tensor, _ mode: ForwardMode) -> Tensor {
        let slope = slope
        let output = Tensor(uninitialized: input.shape)
        let (source, target) = (input.pointer, output.pointer)
        parallel.forEachElementRange(of: input.count) { range in
            for index in range { target[index] = max(source[index], slope * source[index]) }
        }
        self.output = mode == .inference ? nil : output
        return output
    }

    package func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
        guard wanted.contains(.input) else { return nil }
        guard let output else { preconditionFailure("backward without a forward pass in training") }
        let slope = slope
        let inputGradient = Tensor(uninitialized: output.shape)
        let (sign, upstream, target) = (output.pointer, outputGradient.pointer, inputGradient.pointer)
        parallel.forEachElementRange(of: output.count) { range in
            for index in range { target[index] = upstream[index] * (sign[index] > 0 ? 1 : slope) }
        }
        return inputGradient
    }
}
