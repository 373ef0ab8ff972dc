import NeuralNetwork

/// Improved precision and recall (Kynkäänniemi et al. 2019): a manifold is the union of balls around its
/// samples, each as wide as the distance to the sample's k-th nearest neighbour.
package struct ImprovedPrecisionRecall: Sendable, Equatable {
    /// The share of generated samples inside the real manifold: fidelity.
    package let precision: Double
    /// The share of real samples inside the generated manifold: diversity.
    package let recall: Double

    /// - Parameters:
    ///   - real: features [M, size].
    ///   - generated: features [N, size].
    ///   - neighbours: k; the paper recommends 3. Less than M and N.
    package init(
        real: Tensor, generated: Tensor, neighbours: Int = SampleManifold.standardNeighbours,
        parallel: Parallel
    ) {
        precondition(neighbours >= 1 && neighbours < real.batch && neighbours < generated.batch)
        func share(of points: Tensor, inside manifold: SampleManifold) -> Double {
            Double(manifold.contains(points).count { $0 }) / Double(points.batch)
        }
        precision = share(
            of: generated, inside: SampleManifold(real, neighbours: neighbours, parallel: parallel))
        recall = share(
            of: real, inside: SampleManifold(generated, neighbours: neighbours, parallel: parallel))
    }
}

/// The union of balls around samples, each as wide as the distance to the sample's k-th nearest neighbour.
package struct SampleManifold {
    /// k of this project's figures.
    package static let standardNeighbours = 5

    private let distances: PairwiseDistances
    /// The squared radius of each ball.
    private let radii: [Float]

    /// - Parameters:
    ///   - points: features [N, size].
    ///   - neighbours: k, less than N.
    init(_ points: Tensor, neighbours: Int, parallel: Parallel) {
        precondition(neighbours >= 1 && neighbours < points.batch)
        distances = PairwiseDistances(to: points, parallel: parallel)
        let result = Tensor(uninitialized: [points.batch])
        distances.forEachRow(of: points) { row, distances in
            // The row itself, at distance 0 but for rounding, must not count as a neighbour.
            distances[row] = .infinity
            result.pointer[row] = SampleManifold.smallest(neighbours, of: distances)
        }
        radii = result.elements
    }

    /// Whether each of other points, [N, size], is in a ball.
    func contains(_ points: Tensor) -> [Bool] {
        let inside = Tensor(repeating: 0, shape: [points.batch])
        distances.forEachRow(of: points) { row, distances in
            for index in 0..<distances.count where distances[index] <= radii[index] {
                inside.pointer[row] = 1
                return
            }
        }
        return inside.elements.map { $0 > 0 }
    }

    /// The k-th smallest entry, by insertion into a short sorted list.
    private static func smallest(_ k: Int, of values: UnsafeMutableBufferPointer<Float>) -> Float {
        var kept = [Float](repeating: .infinity, count: k)
        for value in values where value < kept[k - 1] {
            var position = k - 1
            while position > 0, kept[position - 1] > value {
                kept[position] = kept[position - 1]
                position -= 1
            }
            kept[position] = value
        }
        return kept[k - 1]
    }
}
