/// Squared Euclidean distances between the rows of two matrices, block by block:
/// ‖x − y‖² = ‖x‖² + ‖y‖² − 2 x · y, the products by `sgemm`.
package struct PairwiseDistances {
    private let references: Tensor
    private let referenceNorms: [Float]
    private let parallel: Parallel
    private static let blockRows = 250

    /// - Parameter references: [M, size].
    package init(to references: Tensor, parallel: Parallel) {
        self.references = references
        self.parallel = parallel
        referenceNorms = PairwiseDistances.squaredNorms(references)
    }

    /// Calls `body` for each row of `points` [N, size], from several threads, with its squared distances to all
    /// references. Rounding may leave them slightly below 0.
    package func forEachRow(
        of points: Tensor, _ body: (_ row: Int, _ distances: UnsafeMutableBufferPointer<Float>) -> Void
    ) {
        precondition(points.rowSize == references.rowSize)
        let (size, count) = (points.rowSize, references.batch)
        let norms = PairwiseDistances.squaredNorms(points)
        parallel.forEachPart(of: points.batch) { _, range in
            let products = Tensor(uninitialized: [PairwiseDistances.blockRows, count])
            for start in stride(from: range.lowerBound, to: range.upperBound, by: PairwiseDistances.blockRows)
            {
                let rows = min(PairwiseDistances.blockRows, range.upperBound - start)
                multiply(
                    MatrixView(points, from: start * size, rows: rows, columns: size),
                    MatrixView(references).transposed,
                    into: MatrixView(products, rows: rows, columns: count))
                for row in 0..<rows {
                    let line = products.pointer + row * count
                    for index in 0..<count {
                        line[index] = norms[start + row] + referenceNorms[index] - 2 * line[index]
                    }
                    body(start + row, UnsafeMutableBufferPointer(start: line, count: count))
                }
            }
        }
    }

    /// The distance of each row of `points` [N, size] to the nearest reference. With `isOwnReference` the points are
    /// the references, and none is its own nearest.
    package func nearest(of points: Tensor, isOwnReference: Bool = false) -> [Float] {
        let nearest = Tensor(uninitialized: [points.batch])
        forEachRow(of: points) { row, distances in
            if isOwnReference { distances[row] = .infinity }
            var smallest = Float.infinity
            for index in 0..<distances.count { smallest = min(smallest, distances[index]) }
            nearest.pointer[row] = max(smallest, 0).squareRoot()
        }
        return nearest.elements
    }

    private static func squaredNorms(_ matrix: Tensor) -> [Float] {
        (0..<matrix.batch).map { row in
            (0..<matrix.rowSize).reduce(Float(0)) {
                let value = matrix.pointer[row * matrix.rowSize + $1]
                return $0 + value * value
            }
        }
    }
}
