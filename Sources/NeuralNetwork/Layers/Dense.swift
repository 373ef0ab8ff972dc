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
            matrix(input, columns: inputs), weightMatrix(linear.weight.value).transposed,
            into: matrix(output, columns: outputs), parallel: parallel)
        return output
    }

    package func addWeightGradient(_ outputGradient: Tensor, input: Tensor) {
        multiply(
            matrix(outputGradient, columns: outputs).transposed, matrix(input, columns: inputs),
            into: weightMatrix(linear.weight.gradient), beta: 1, parallel: parallel)
    }

    package func inputGradient(_ outputGradient: Tensor, input: Tensor) -> Tensor {
        let gradient = Tensor(uninitialized: input.shape)
        multiply(
            matrix(outputGradient, columns: outputs), weightMatrix(linear.weight.value),
            into: matrix(gradient, columns: inputs), parallel: parallel)
        return gradient
    }

    private func matrix(_ tensor: Tensor, columns: Int) -> MatrixView {
        MatrixView(tensor.pointer, rows: tensor.batch, columns: columns)
    }

    private func weightMatrix(_ tensor: Tensor) -> MatrixView {
        MatrixView(tensor.pointer, rows: outputs, columns: inputs)
    }
}
