#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// y = tanh x, elementwise on any shape. Gradient: dx = dy · (1 − y²).
package final class Tanh: Layer {
    private let parallel: Parallel
    private var output: Tensor?

    package init(parallel: Parallel) {
        self.parallel = parallel
    }

    package func forward(_ input: Tensor, _ mode: ForwardMode) -> Tensor {
        let output = Tensor(uninitialized: input.shape)
        let (source, target) = (input.pointer, output.pointer)
        parallel.forEachElementRange(of: input.count) { range in
            for index in range { target[index] = tanhf(source[index]) }
        }
        self.output = mode == .inference ? nil : output
        return output
    }

    package func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
        guard wanted.contains(.input) else { return nil }
        guard let output else { preconditionFailure("backward without a forward pass in training") }
        let inputGradient = Tensor(uninitialized: output.shape)
        let (result, upstream, target) = (output.pointer, outputGradient.pointer, inputGradient.pointer)
        parallel.forEachElementRange(of: output.count) { range in
            for index in range { target[index] = upstream[index] * (1 - result[index] * result[index]) }
        }
        return inputGradient
    }
}
