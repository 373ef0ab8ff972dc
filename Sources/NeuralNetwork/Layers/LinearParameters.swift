/// The weight of a linear layer and the bias that it may have, one number for each output channel.
package struct LinearParameters {
    package let weight: Parameter
    package let bias: Parameter?
    package let channels: Int
    private let parallel: Parallel

    /// - Parameter channels: of the layer's output, the last axis.
    init(name: String, weight: Tensor, channels: Int, hasBias: Bool, parallel: Parallel) {
        self.weight = Parameter(name: "\(name).weight", value: weight)
        let zeros = Tensor(repeating: 0, shape: [channels])
        bias = hasBias ? Parameter(name: "\(name).bias", value: zeros) : nil
        self.channels = channels
        self.parallel = parallel
    }

    /// y ← y + b for each row of an output [N, …, channels].
    func addBias(to output: Tensor) {
        guard let bias else { return }
        addRow(bias.value.pointer, to: output, columns: channels, parallel: parallel)
    }

    /// db ← db + Σ dy.
    func addBiasGradient(of outputGradient: Tensor) {
        guard let bias else { return }
        addColumnSums(
            of: outputGradient, columns: channels, to: bias.gradient.pointer, parallel: parallel)
    }
}
