import NeuralNetwork
import DigitModel

/// The styles of labelled digits and the latent coordinates that stand for them.
///
/// Within each class, each measure is mapped through its quantiles to a standard normal; the three normal scores n are
/// then made uncorrelated: u = L⁻¹ n, where L Lᵀ is their covariance. So u drawn from N(0, 1) gives back the class's
/// styles, the correlations among them included.
package struct StyleMap: Sendable {
    /// [images, 3]: u of each digit, in whole codes of the latent.
    private let coordinates: [Float]
    /// [images, 3]: the measures, each with mean 0 and variance 1 over all digits.
    private let targets: [Float]

    /// - Parameters:
    ///   - images: of MNIST's size.
    ///   - labels: one each, 0…9.
    ///   - latentSteps: of the latent's codes.
    init(images: [UInt8], labels: [UInt8], latentSteps: Int, parallel: Parallel) {
        let measures = StyleMeasures.measure(images, count: labels.count, parallel: parallel)
        let scaling = StyleScaling(measures)
        targets = measures.flatMap { scaling.standardized($0) }
        var coordinates = [Float](repeating: 0, count: labels.count * StyleMeasures.count)
        for digit in 0..<UInt8(10) {
            let members = labels.indices.filter { labels[$0] == digit }
            guard members.count > 1 else { continue }
            let scores = (0..<StyleMeasures.count).map { axis in
                StyleMap.normalScores(
                    members.map { measures[$0].values[axis] }, seed: UInt64(digit) * 3 + UInt64(axis))
            }
            let factor = LowerTriangle(covarianceOf: scores)
            for (position, member) in members.enumerated() {
                let solved = factor.solved(scores.map { $0[position] })
                for axis in 0..<StyleMeasures.count {
                    coordinates[member * StyleMeasures.count + axis] = StyleMap.wholeCode(
                        solved[axis], steps: latentSteps)
                }
            }
        }
        self.coordinates = coordinates
    }

    /// The styles of the chosen digits.
    func batch(_ chosen: ArraySlice<Int>) -> StyleBatch {
        func rows(_ values: [Float]) -> Tensor {
            let size = StyleMeasures.count
            return Tensor(
                chosen.flatMap { values[$0 * size..<($0 + 1) * size] }, shape: [chosen.count, size])
        }
        return StyleBatch(coordinates: rows(coordinates), targets: rows(targets))
    }

    /// Φ⁻¹((rank + ½) / count); equal values are ranked at random.
    private static func normalScores(_ values: [Float], seed: UInt64) -> [Float] {
        var random = RandomSource(seed: 0x5717_1E5E ^ seed)
        let ties = values.map { _ in random.next() }
        let order = values.indices.sorted { (values[$0], ties[$0]) < (values[$1], ties[$1]) }
        let quantiles = NormalQuantiles(count: values.count).values
        var scores = [Float](repeating: 0, count: values.count)
        for (rank, index) in order.enumerated() { scores[index] = quantiles[rank] }
        return scores
    }

    /// The latent that the runtime can draw next to `value`.
    private static func wholeCode(_ value: Float, steps: Int) -> Float {
        let steps = Float(steps)
        return min(max((value * steps).rounded(), -127), 127) / steps
    }
}

extension StyleMeasures {
    /// The measures of `count` images, one after the other.
    package static func measure(_ images: [UInt8], count: Int, parallel: Parallel) -> [StyleMeasures] {
        var result = [StyleMeasures](
            repeating: StyleMeasures(slant: 0, thickness: 0, width: 0), count: count)
        let size = ImageSize.mnist.pixelCount
        result.withUnsafeMutableBufferPointer { result in
            let target = UnsafeMutableBufferPointer(rebasing: result[...])
            parallel.forEachPart(of: count) { _, range in
                for image in range {
                    target[image] = StyleMeasures(pixels: images[image * size..<(image + 1) * size])
                }
            }
        }
        return result
    }
}

/// The styles of a batch.
package struct StyleBatch {
    /// [N, 3]: what the first entries of the latents are.
    let coordinates: Tensor
    /// [N, 3]: the measures, standardized.
    let targets: Tensor
}

/// The mean and standard deviation of each measure over a set of digits.
struct StyleScaling: Sendable {
    let means: [Float]
    let deviations: [Float]

    init(_ measures: [StyleMeasures]) {
        let count = Double(max(measures.count, 1))
        let columns = (0..<StyleMeasures.count).map { axis in measures.map { Double($0.values[axis]) } }
        let means = columns.map { $0.reduce(0, +) / count }
        self.means = means.map { Float($0) }
        deviations = zip(columns, means).map { values, mean in
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
            return Float(max(variance, 1e-8).squareRoot())
        }
    }

    func standardized(_ measures: StyleMeasures) -> [Float] {
        measures.values.enumerated().map { ($1 - means[$0]) / deviations[$0] }
    }
}

/// The Cholesky factor of a small covariance matrix.
struct LowerTriangle: Sendable {
    /// Row by row; row i has i + 1 entries.
    let rows: [[Float]]

    /// - Parameter columns: of as many samples each, with mean 0.
    init(covarianceOf columns: [[Float]]) {
        let count = Float(columns.first?.count ?? 1)
        var rows: [[Float]] = []
        for row in columns.indices {
            var entries: [Float] = []
            for column in 0...row {
                var sum = zip(columns[row], columns[column]).reduce(0) { $0 + $1.0 * $1.1 } / count
                for index in 0..<column {
                    sum -= entries[index] * (column == row ? entries[index] : rows[column][index])
                }
                entries.append(
                    column == row ? max(sum, 1e-3).squareRoot() : sum / rows[column][column])
            }
            rows.append(entries)
        }
        self.rows = rows
    }

    /// x with L x = `values`.
    func solved(_ values: [Float]) -> [Float] {
        var result: [Float] = []
        for (row, entries) in rows.enumerated() {
            var sum = values[row]
            for index in 0..<row { sum -= entries[index] * result[index] }
            result.append(sum / entries[row])
        }
        return result
    }
}
