import Platform

/// ReLU and LeakyReLU: y = x for x > 0, else slope · x.
///
/// Any shape, elementwise. Gradient: dx = dy for y > 0, else slope · dy.
package final class Rectifier: Layer {
    private let slope: Float
    private let parallel: Parallel
    private var output: Tensor?

    /// - Parameter slope: 0 for ReLU, 0.2 for the LeakyReLU of the models here; not negative, so that
    ///   input and output have the same sign.
    package init(slope: Float, parallel: Parallel) {
        precondition(slope >= 0 && slope < 1)
        self.slope = slope
        self.parallel = parallel
    }

    package func forward(_ input: Tensor, _ mode: ForwardMode) -> Tensor {
        let output = input.map(Rectified(slope: slope), parallel)
        self.output = mode == .inference ? nil : output
        return output
    }

    package func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
        guard wanted.contains(.input) else { return nil }
        guard let output else { preconditionFailure("backward without a forward pass in training") }
        return output.zip(outputGradient, Gradient(slope: slope), parallel)
    }

    private struct Rectified: ElementFunction {
        let slope: Float
        func callAsFunction(_ x: Float) -> Float { max(x, slope * x) }
    }

    private struct Gradient: ElementPairFunction {
        let slope: Float
        func callAsFunction(_ y: Float, _ upstream: Float) -> Float { upstream * (y > 0 ? 1 : slope) }
    }
}

/// y = tanh x, elementwise on any shape. Gradient: dx = dy · (1 − y²).
package final class Tanh: Layer {
    private let parallel: Parallel
    private var output: Tensor?

    package init(parallel: Parallel) {
        self.parallel = parallel
    }

    package func forward(_ input: Tensor, _ mode: ForwardMode) -> Tensor {
        let output = input.map(Tangent(), parallel)
        self.output = mode == .inference ? nil : output
        return output
    }

    package func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
        guard wanted.contains(.input) else { return nil }
        guard let output else { preconditionFailure("backward without a forward pass in training") }
        return output.zip(outputGradient, Gradient(), parallel)
    }

    private struct Tangent: ElementFunction {
        func callAsFunction(_ x: Float) -> Float { tanhf(x) }
    }

    private struct Gradient: ElementPairFunction {
        func callAsFunction(_ y: Float, _ upstream: Float) -> Float { upstream * (1 - y * y) }
    }
}
