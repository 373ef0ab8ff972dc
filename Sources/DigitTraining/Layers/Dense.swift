/// A fully connected layer: y = x · Wᵀ + b.
///
/// Input [N, inputs] (any shape with that many elements a row), output [N, outputs]; W is
/// [outputs, inputs]. Gradients: dW = dyᵀ · x, db = Σ dy, dx = dy · W.
package final class Dense: Layer {
    let weight: Parameter
    let bias: Parameter?
    private let inputs: Int
    private let outputs: Int
    private let parallel: Parallel
    private var input: Tensor?

    package init(
        name: String, inputs: Int, outputs: Int, hasBias: Bool = true, initialization: Initialization,
        random: inout RandomSource, parallel: Parallel
    ) {
        self.inputs = inputs
        self.outputs = outputs
        self.parallel = parallel
        weight = Parameter(
            name: "\(name).weight",
            value: initialization.tensor(
                shape: [outputs, inputs], inputs: inputs, outputs: outputs, random: &random))
        bias = hasBias ? Parameter(name: "\(name).bias", value: Tensor(repeating: 0, shape: [outputs])) : nil
    }

    package var parameters: [Parameter] { [weight] + (bias.map { [$0] } ?? []) }

    package func forward(_ input: Tensor, _ mode: ForwardMode) -> Tensor {
        precondition(input.rowSize == inputs, "dense layer of \(inputs) inputs given \(input.shape)")
        self.input = mode == .inference ? nil : input
        let output = Tensor(uninitialized: [input.batch, outputs])
        multiply(
            MatrixView(input.pointer, rows: input.batch, columns: inputs),
            weightMatrix(weight.value).transposed,
            into: MatrixView(output.pointer, rows: input.batch, columns: outputs), parallel: parallel)
        if let bias { addRow(bias.value.pointer, to: output, columns: outputs, parallel: parallel) }
        return output
    }

    package func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
        guard let input else { preconditionFailure("backward without a forward pass in training") }
        let gradient = MatrixView(outputGradient.pointer, rows: input.batch, columns: outputs)
        if wanted.contains(.parameters) {
            multiply(
                gradient.transposed, MatrixView(input.pointer, rows: input.batch, columns: inputs),
                into: weightMatrix(weight.gradient), beta: 1, parallel: parallel)
            if let bias {
                addColumnSums(
                    of: outputGradient, columns: outputs, to: bias.gradient.pointer, parallel: parallel)
            }
        }
        guard wanted.contains(.input) else { return nil }
        let inputGradient = Tensor(uninitialized: input.shape)
        multiply(
            gradient, weightMatrix(weight.value),
            into: MatrixView(inputGradient.pointer, rows: input.batch, columns: inputs), parallel: parallel)
        return inputGradient
    }

    private func weightMatrix(_ tensor: Tensor) -> MatrixView {
        MatrixView(tensor.pointer, rows: outputs, columns: inputs)
    }
}
