/// A layer with a weight, linear in its input: y = W(x) + b.
package protocol LinearLayer: Layer {
    var linear: LinearParameters { get }
    /// The input of the last forward pass in training.
    var input: Tensor? { get set }

    /// W(x).
    func product(_ input: Tensor) -> Tensor

    /// dW ← dW + what the output's gradient gives for this input.
    func addWeightGradient(_ outputGradient: Tensor, input: Tensor)

    /// dx, the adjoint of `product`; `input` gives its shape.
    func inputGradient(_ outputGradient: Tensor, input: Tensor) -> Tensor
}

extension LinearLayer {
    package var parameters: [Parameter] { linear.bias.map { [linear.weight, $0] } ?? [linear.weight] }

    package func forward(_ input: Tensor, _ mode: ForwardMode) -> Tensor {
        self.input = mode == .inference ? nil : input
        let output = product(input)
        linear.addBias(to: output)
        return output
    }

    package func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
        guard let input else { preconditionFailure("backward without a forward pass in training") }
        if wanted.contains(.parameters) {
            addWeightGradient(outputGradient, input: input)
            linear.addBiasGradient(of: outputGradient)
        }
        return wanted.contains(.input) ? inputGradient(outputGradient, input: input) : nil
    }
}

/// The weight of a linear layer and its optional bias, one number per output channel.
package struct LinearParameters {
    package let weight: Parameter
    package let bias: Parameter?
    package let channels: Int
    private let parallel: Parallel

    /// - Parameter channels: the last axis of the layer's output.
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

/// A distribution of a weight's initial values.
package enum Initialization: Sendable {
    /// Glorot and Bengio 2010: uniform in ±√(6 / (inputs + outputs)), "Xavier".
    case xavierUniform
    /// He et al. 2015: normal with standard deviation √(2 / inputs).
    case heNormal
    /// Normal with the given standard deviation (Radford et al. 2016 use 0.02).
    case normal(standardDeviation: Float)

    /// A tensor of `shape` for a layer in which each output sums over `inputs` and each input feeds `outputs`.
    package func tensor(shape: [Int], inputs: Int, outputs: Int, random: inout RandomSource) -> Tensor {
        let tensor = Tensor(uninitialized: shape)
        switch self {
        case .xavierUniform:
            let bound = (6 / Float(inputs + outputs)).squareRoot()
            random.fillUniform(tensor.pointer, count: tensor.count, low: -bound, high: bound)
        case .heNormal:
            let deviation = (2 / Float(inputs)).squareRoot()
            fillNormal(tensor, deviation, &random)
        case .normal(let deviation):
            fillNormal(tensor, deviation, &random)
        }
        return tensor
    }

    private func fillNormal(_ tensor: Tensor, _ deviation: Float, _ random: inout RandomSource) {
        random.fillNormal(
            tensor.pointer, count: tensor.count, scale: deviation, quantiles: NormalQuantiles(count: 4096))
    }
}
