import DigitTraining
import NeuralNetwork
import Platform

/// Equally likely Gaussians in the plane, the experiments of Metz et al. 2017 and Srivastava et al. 2017: how many of
/// them a generator finds is known without a judge.
package struct GaussianMixture: Sendable {
    /// The means, each a mode.
    package let centers: [(x: Float, y: Float)]
    /// σ of each.
    package let deviation: Float

    /// Eight on a circle of radius 1, σ 0.01 (Srivastava et al.; Metz et al. have twice both).
    package static let ring = GaussianMixture(
        centers: (0..<8).map { index in
            let angle = Float(index) * .pi / 4
            return (cosf(angle), sinf(angle))
        }, deviation: 0.01)

    /// Twenty-five on a grid, −4 to 4 by 2, σ 0.05 (Srivastava et al., Lin et al. 2018), scaled to −1…1.
    package static let grid = GaussianMixture(
        centers: (0..<25).map { index in
            let (row, column) = (index / 5, index % 5)
            return (Float(row) / 2 - 1, Float(column) / 2 - 1)
        }, deviation: 0.0125)

    /// Points [count, 2], each of a mode drawn by itself.
    package func draw(_ count: Int, random: inout RandomSource) -> Tensor {
        let points = Tensor(uninitialized: [count, 2])
        random.fillNormal(
            points.pointer, count: points.count, scale: deviation, quantiles: NormalQuantiles(count: 4096))
        for row in 0..<count {
            let center = centers[Int.random(in: 0..<centers.count, using: &random)]
            points.pointer[2 * row] += center.x
            points.pointer[2 * row + 1] += center.y
        }
        return points
    }

    /// The nearest mode of each point [N, 2]; nil for one that is more than 3 σ from it.
    package func modes(_ points: Tensor) -> [Int?] {
        (0..<points.batch).map { row in
            let (x, y) = (points.pointer[2 * row], points.pointer[2 * row + 1])
            let squares = centers.map { ($0.x - x) * ($0.x - x) + ($0.y - y) * ($0.y - y) }
            guard let nearest = squares.indices.min(by: { squares[$0] < squares[$1] }) else { return nil }
            return squares[nearest] <= 9 * deviation * deviation ? nearest : nil
        }
    }
}

/// Points of a mixture as a training set.
struct GaussianPoints: TrainingImages {
    /// x and y of each point.
    private let coordinates: [Float]

    init(_ mixture: GaussianMixture, count: Int, seed: UInt64) {
        var random = RandomSource(seed: seed)
        coordinates = mixture.draw(count, random: &random).elements
    }

    var count: Int { coordinates.count / 2 }

    func batch(_ chosen: ArraySlice<Int>) -> Tensor {
        Tensor(chosen.flatMap { coordinates[2 * $0..<2 * $0 + 2] }, shape: [chosen.count, 2])
    }

    /// Points have no labels.
    func labels(_ chosen: ArraySlice<Int>) -> [UInt8] { [UInt8](repeating: 0, count: chosen.count) }
}
