/// Batch normalization (Ioffe and Szegedy 2015) of each channel over the batch and all positions:
/// y = γ · x̂ + β, x̂ = (x − μ) / √(σ² + ε).
///
/// Any shape whose last axis is the channels. In training μ and σ² (biased) are the batch's; in inference the
/// stored statistics. Gradient, with means over the batch and positions:
/// dx = γ/√(σ²+ε) · (dy − mean(dy) − x̂ · mean(dy · x̂)), dγ = Σ dy · x̂, dβ = Σ dy.
package final class BatchNormalization: Layer {
    /// ε: keeps the division defined for a constant channel.
    package static let epsilon: Float = 1e-5

    package let scale: Parameter
    package let shift: Parameter
    /// Stored μ and σ², the average over the batches since `resetStatistics`.
    package let mean: Parameter
    package let variance: Parameter

    private let channels: Int
    private let parallel: Parallel
    private var measuredBatches = 0
    private var normalized: Tensor?
    private var inverseDeviation: [Float] = []

    package init(name: String, channels: Int, parallel: Parallel) {
        self.channels = channels
        self.parallel = parallel
        scale = Parameter(name: "\(name).scale", value: Tensor(repeating: 1, shape: [channels]))
        shift = Parameter(name: "\(name).shift", value: Tensor(repeating: 0, shape: [channels]))
        mean = Parameter(name: "\(name).mean", value: Tensor(repeating: 0, shape: [channels]))
        variance = Parameter(name: "\(name).variance", value: Tensor(repeating: 1, shape: [channels]))
    }

    package var parameters: [Parameter] { [scale, shift] }
    package var statistics: [Parameter] { [mean, variance] }

    /// Resets the stored statistics to zero; the next pass in `.measuringStatistics` starts a new average. So the
    /// result does not depend on earlier measurements, to the last bit.
    package func resetStatistics() {
        measuredBatches = 0
        mean.value.pointer.update(repeating: 0, count: channels)
        variance.value.pointer.update(repeating: 0, count: channels)
    }

    package func forward(_ input: Tensor, _ mode: ForwardMode) -> Tensor {
        precondition(input.rowSize % channels == 0, "\(channels) channels do not divide \(input.shape)")
        var means = mean.value.elements
        var variances = variance.value.elements
        if mode.usesBatchStatistics {
            means = columnMeans(input, Value())
            variances = means.withUnsafeBufferPointer { means in
                columnMeans(input, SquaredDifference(means: means.baseAddress!))
            }
        }
        if mode == .measuringStatistics { addMeasurement(means, variances) }

        let inverse = variances.map { 1 / ($0 + BatchNormalization.epsilon).squareRoot() }
        let normalized = Tensor(uninitialized: input.shape)
        let output = Tensor(uninitialized: input.shape)
        let (source, middle, target) = (input.pointer, normalized.pointer, output.pointer)
        let (gamma, beta, channels) = (scale.value.pointer, shift.value.pointer, channels)
        withUnsafePointers(means, inverse) { means, inverse in
            parallel.forEachPart(of: input.count / channels) { _, rows in
                for row in rows {
                    let start = row * channels
                    for column in 0..<channels {
                        let value = (source[start + column] - means[column]) * inverse[column]
                        middle[start + column] = value
                        target[start + column] = gamma[column] * value + beta[column]
                    }
                }
            }
        }
        self.normalized = mode == .inference ? nil : normalized
        inverseDeviation = inverse
        return output
    }

    package func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
        guard let normalized else { preconditionFailure("backward without a forward pass in training") }
        let middle = normalized.pointer
        let gradientMeans = columnMeans(outputGradient, Value())
        let productMeans = columnMeans(outputGradient, ProductWith(other: middle))
        if wanted.contains(.parameters) {
            let rows = Float(outputGradient.count / channels)
            for column in 0..<channels {
                shift.gradient.pointer[column] += gradientMeans[column] * rows
                scale.gradient.pointer[column] += productMeans[column] * rows
            }
        }
        guard wanted.contains(.input) else { return nil }
        let inputGradient = Tensor(uninitialized: outputGradient.shape)
        let (upstream, target, gamma) = (outputGradient.pointer, inputGradient.pointer, scale.value.pointer)
        let channels = channels
        let factors = (0..<channels).map { gamma[$0] * inverseDeviation[$0] }
        withUnsafePointers(gradientMeans, productMeans) { gradientMeans, productMeans in
            factors.withUnsafeBufferPointer { factors in
                let factors = UnsafePointer(factors.baseAddress!)
                parallel.forEachPart(of: outputGradient.count / channels) { _, rows in
                    for row in rows {
                        let start = row * channels
                        for column in 0..<channels {
                            let centred = upstream[start + column] - gradientMeans[column]
                            let correlated = middle[start + column] * productMeans[column]
                            target[start + column] = factors[column] * (centred - correlated)
                        }
                    }
                }
            }
        }
        return inputGradient
    }

    private func addMeasurement(_ means: [Float], _ variances: [Float]) {
        measuredBatches += 1
        let weight = 1 / Float(measuredBatches)
        for column in 0..<channels {
            mean.value.pointer[column] += (means[column] - mean.value.pointer[column]) * weight
            variance.value.pointer[column] += (variances[column] - variance.value.pointer[column]) * weight
        }
    }

    /// The mean of `term(value, column, index)` over the rows of each column. Sums of 256 rows are collected in
    /// float32 and added up in float64.
    private func columnMeans(_ tensor: Tensor, _ term: some ColumnTerm) -> [Float] {
        let channels = channels
        let rows = tensor.count / channels
        let source = tensor.pointer
        var totals = [Double](repeating: 0, count: parallel.threads * channels)
        totals.withUnsafeMutableBufferPointer { totals in
            let base = totals.baseAddress!
            parallel.forEachPart(of: rows) { part, range in
                let sums = Tensor(uninitialized: [channels])
                let line = sums.pointer
                for block in stride(from: range.lowerBound, to: range.upperBound, by: 256) {
                    sums.pointer.update(repeating: 0, count: channels)
                    for row in block..<min(block + 256, range.upperBound) {
                        let start = row * channels
                        for column in 0..<channels {
                            let index = start + column
                            line[column] += term(source[index], column: column, index: index)
                        }
                    }
                    for column in 0..<channels { base[part * channels + column] += Double(line[column]) }
                }
            }
        }
        return (0..<channels).map { column in
            var total = 0.0
            for part in 0..<parallel.threads { total += totals[part * channels + column] }
            return Float(total / Double(rows))
        }
    }
}

/// The term that is summed over a column, as a type: see `ElementFunction`.
private protocol ColumnTerm {
    func callAsFunction(_ value: Float, column: Int, index: Int) -> Float
}

private struct Value: ColumnTerm {
    func callAsFunction(_ value: Float, column: Int, index: Int) -> Float { value }
}

private struct SquaredDifference: ColumnTerm {
    let means: UnsafePointer<Float>

    func callAsFunction(_ value: Float, column: Int, index: Int) -> Float {
        let difference = value - means[column]
        return difference * difference
    }
}

/// The product with the element of another tensor in the same place.
private struct ProductWith: ColumnTerm {
    let other: UnsafeMutablePointer<Float>

    func callAsFunction(_ value: Float, column: Int, index: Int) -> Float { value * other[index] }
}

private func withUnsafePointers(
    _ first: [Float], _ second: [Float], _ body: (UnsafePointer<Float>, UnsafePointer<Float>) -> Void
) {
    first.withUnsafeBufferPointer { first in
        second.withUnsafeBufferPointer { second in
            guard let first = first.baseAddress, let second = second.baseAddress else { return }
            body(first, second)
        }
    }
}
