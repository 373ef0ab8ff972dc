import NeuralNetwork
import Platform

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
        let starts = Array(0..<points.batch).shuffled(using: &random).prefix(count)
        let centres = Tensor.concatenated(starts.map { points.rows($0..<$0 + 1) })
        nearest = []
        for _ in 0..<Self.rounds {
            nearest = Self.nearest(points, centres, parallel: parallel)
            move(centres, to: points)
        }
        nearest = Self.nearest(points, centres, parallel: parallel)
    }

    private static func nearest(_ points: Tensor, _ centres: Tensor, parallel: Parallel) -> [Int] {
        let nearest = Locked([Int](repeating: 0, count: points.batch))
        PairwiseDistances(to: centres, parallel: parallel).forEachRow(of: points) { row, distances in
            let best = distances.indices.min { distances[$0] < distances[$1] } ?? 0
            nearest.withLock { $0[row] = best }
        }
        return nearest.withLock { $0 }
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
