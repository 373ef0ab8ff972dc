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
