import Platform

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
