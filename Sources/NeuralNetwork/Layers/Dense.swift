/// A fully connected layer: y = x · Wᵀ + b.
///
/// Input [N, inputs] (any shape with that many elements a row), output [N, outputs]; W is
/// [outputs, inputs]. Gradients: dW = dyᵀ · x, db = Σ dy, dx = dy · W.
package final class Dense: LinearLayer {
    package let linear: LinearParameters
    private let inputs: Int
    private let outputs: Int
    private let parallel: Parallel
    package var input: Tensor?

    package init(
        name: String, inputs: Int, outputs: Int, hasBias: Bool = true, initialization: Initialization,
        random: inout RandomSource, parallel: Parallel
    ) {
        self.inputs = inputs
        self.outputs = outputs
        self.parallel = parallel
        linear = LinearParameters(
            name: name,
            weight: initialization.tensor(
                shape: [outputs, inputs], inputs: inputs, outputs: outputs, random: &random),
            channels: outputs, hasBias: hasBias, parallel: parallel)
    }

    package func product(_ input: Tensor) -> Tensor {
        precondition(input.rowSize == inputs, "dense layer of \(inputs) inputs given \(input.shape)")
        let output = Tensor(uninitialized: [input.batch, outputs])
        multiply(
            MatrixView(input), MatrixView(linear.weight.value).transposed, into: MatrixView(output),
            parallel: parallel)
        return output
    }

    package func addWeightGradient(_ outputGradient: Tensor, input: Tensor) {
        multiply(
            MatrixView(outputGradient).transposed, MatrixView(input),
            into: MatrixView(linear.weight.gradient), beta: 1, parallel: parallel)
    }

    package func inputGradient(_ outputGradient: Tensor, input: Tensor) -> Tensor {
        let gradient = Tensor(uninitialized: input.shape)
        multiply(
            MatrixView(outputGradient), MatrixView(linear.weight.value), into: MatrixView(gradient),
            parallel: parallel)
        return gradient
    }
}
