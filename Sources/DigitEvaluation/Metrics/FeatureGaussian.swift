import NeuralNetwork

/// The Gaussian fitted to a set of feature vectors.
package struct FeatureGaussian: Sendable {
    let mean: [Double]
    /// Row-major, unbiased.
    let covariance: [Double]

    /// - Parameter features: [N, size] with N at least 2.
    package init(_ features: Tensor) {
        let (rows, size) = (features.batch, features.rowSize)
        precondition(rows >= 2)
        var mean = [Double](repeating: 0, count: size)
        for row in 0..<rows {
            for index in 0..<size { mean[index] += Double(features.pointer[row * size + index]) }
        }
        for index in 0..<size { mean[index] /= Double(rows) }
        self.mean = mean
        covariance = FeatureGaussian.covariance(features, mean: mean)
    }

    /// The Fréchet distance of two Gaussians (Dowson and Landau 1982; Heusel et al. 2017):
    /// ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2 (Σ₁^½ Σ₂ Σ₁^½)^½). NaN where features are not finite.
    package static func frechetDistance(_ first: FeatureGaussian, _ second: FeatureGaussian) -> Double {
        let size = first.mean.count
        let meanDistance = zip(first.mean, second.mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        guard let root = squareRoot(first.covariance, size: size) else { return .nan }
        let product = multiplied(multiplied(root, second.covariance, size: size), root, size: size)
        let symmetric = (0..<size * size).map { (product[$0] + product[$0 % size * size + $0 / size]) / 2 }
        guard let eigen = SymmetricEigenDecomposition(symmetric, size: size) else { return .nan }
        let rootTrace = eigen.values.reduce(0) { $0 + max($1, 0).squareRoot() }
        let traces = (0..<size).reduce(0) {
            $0 + first.covariance[$1 * size + $1] + second.covariance[$1 * size + $1]
        }
        return max(meanDistance + traces - 2 * rootTrace, 0)
    }

    /// The covariance, in blocks of rows: `sgemm` sums a block in float32, float64 adds the blocks.
    private static func covariance(_ features: Tensor, mean: [Double]) -> [Double] {
        let (rows, size) = (features.batch, features.rowSize)
        var total = [Double](repeating: 0, count: size * size)
        let centred = Tensor(uninitialized: [min(rows, 500), size])
        let product = Tensor(uninitialized: [size, size])
        for start in stride(from: 0, to: rows, by: centred.batch) {
            let count = min(centred.batch, rows - start)
            for row in 0..<count {
                for index in 0..<size {
                    centred.pointer[row * size + index] =
                        Float(Double(features.pointer[(start + row) * size + index]) - mean[index])
                }
            }
            let block = MatrixView(centred, rows: count, columns: size)
            multiply(block.transposed, block, into: MatrixView(product))
            for index in 0..<size * size { total[index] += Double(product.pointer[index]) }
        }
        return total.map { $0 / Double(rows - 1) }
    }

    /// The symmetric square root of a positive semi-definite matrix.
    private static func squareRoot(_ matrix: [Double], size: Int) -> [Double]? {
        guard let eigen = SymmetricEigenDecomposition(matrix, size: size) else { return nil }
        let roots = eigen.values.map { max($0, 0).squareRoot() }
        var scaled = eigen.vectors
        var transposed = eigen.vectors
        for row in 0..<size {
            for column in 0..<size {
                scaled[row * size + column] *= roots[column]
                transposed[column * size + row] = eigen.vectors[row * size + column]
            }
        }
        return multiplied(scaled, transposed, size: size)
    }

    private static func multiplied(_ a: [Double], _ b: [Double], size: Int) -> [Double] {
        var result = [Double](repeating: 0, count: size * size)
        for row in 0..<size {
            for inner in 0..<size {
                let factor = a[row * size + inner]
                for column in 0..<size { result[row * size + column] += factor * b[inner * size + column] }
            }
        }
        return result
    }
}
