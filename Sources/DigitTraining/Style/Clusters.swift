import NeuralNetwork

/// Groups of near points, by Lloyd's algorithm ("k-means") from random points.
struct Clusters {
    private static let rounds = 15

    /// For each point, the number of the group with the nearest centre.
    private(set) var nearest: [Int]

    /// - Parameters:
    ///   - points: [N, D], N ≥ count.
    ///   - count: of groups, at least 1. One that loses all its points stays empty.
    init(_ points: Tensor, count: Int, random: inout RandomSource, parallel: Parallel) {
        precondition(count > 0 && points.batch >= count)
        let centres = Tensor(uninitialized: [count, points.rowSize])
        for (group, point) in Array(0..<points.batch).shuffled(using: &random).prefix(count).enumerated() {
            for column in 0..<points.rowSize {
                centres.pointer[group * points.rowSize + column] =
                    points.pointer[point * points.rowSize + column]
            }
        }
        nearest = []
        for _ in 0..<Self.rounds {
            nearest = Self.nearest(points, centres, parallel: parallel)
            move(centres, to: points)
        }
        nearest = Self.nearest(points, centres, parallel: parallel)
    }

    private static func nearest(_ points: Tensor, _ centres: Tensor, parallel: Parallel) -> [Int] {
        let (count, size) = (centres.batch, centres.rowSize)
        let norms = (0..<count).map { group in
            (0..<size).reduce(Float(0)) { sum, column in
                let value = centres.pointer[group * size + column]
                return sum + value * value
            }
        }
        let products = Tensor(uninitialized: [points.batch, count])
        multiply(
            MatrixView(points), MatrixView(centres).transposed, into: MatrixView(products), parallel: parallel
        )
        return (0..<points.batch).map { point in
            let row = products.pointer + point * count
            var best = 0
            for group in 1..<max(count, 1) where norms[group] - 2 * row[group] < norms[best] - 2 * row[best] {
                best = group
            }
            return best
        }
    }

    /// Each centre to the mean of its points.
    private func move(_ centres: Tensor, to points: Tensor) {
        let size = points.rowSize
        var sums = [Float](repeating: 0, count: centres.count)
        var counts = [Int](repeating: 0, count: centres.batch)
        for (point, group) in nearest.enumerated() {
            counts[group] += 1
            for column in 0..<size { sums[group * size + column] += points.pointer[point * size + column] }
        }
        for group in counts.indices where counts[group] > 0 {
            for column in 0..<size {
                centres.pointer[group * size + column] = sums[group * size + column] / Float(counts[group])
            }
        }
    }
}
