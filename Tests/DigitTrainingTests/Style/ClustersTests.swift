import NeuralNetwork
import Testing

@testable import DigitTraining

@Suite("Clusters")
struct ClustersTests {
    @Test("points around far centres are grouped by centre")
    func groups() {
        let (perCentre, size) = (50, 3)
        let centres: [[Float]] = [[0, 0, 0], [10, 0, 0], [0, 10, 0], [0, 0, 10]]
        let points = Tensor(uninitialized: [centres.count * perCentre, size])
        var random = RandomSource(seed: 5)
        for point in 0..<points.batch {
            for column in 0..<size {
                points.pointer[point * size + column] =
                    centres[point % centres.count][column] + random.uniform()
            }
        }
        // From some starts two centres share a group; of ten starts, most find all.
        let found = (0..<10).filter { seed in
            var random = RandomSource(seed: UInt64(seed))
            let nearest = Clusters(points, count: 4, random: &random, parallel: Parallel(threads: 1)).nearest
            return Set(nearest.prefix(4)).count == 4
                && nearest.indices.allSatisfy { nearest[$0] == nearest[$0 % 4] }
        }
        #expect(found.count >= 2)
    }

    @Test("each point is in the group of the nearest mean")
    func nearestMean() {
        let (count, size, groups) = (300, 5, 7)
        let points = Tensor(uninitialized: [count, size])
        var random = RandomSource(seed: 6)
        random.fillUniform(points.pointer, count: points.count, low: -1, high: 1)
        let nearest = Clusters(points, count: groups, random: &random, parallel: Parallel(threads: 2)).nearest
        let means = (0..<groups).map { group in
            let own = nearest.indices.filter { nearest[$0] == group }
            return (0..<size).map { column in
                own.reduce(Float(0)) { $0 + points.pointer[$1 * size + column] } / Float(max(own.count, 1))
            }
        }
        func distance(_ point: Int, _ mean: [Float]) -> Float {
            (0..<size).reduce(0) { sum, column in
                let difference = points.pointer[point * size + column] - mean[column]
                return sum + difference * difference
            }
        }
        // Nearly all: the means moved a last time after the last round.
        let right = nearest.indices.filter { point in
            means.allSatisfy { distance(point, means[nearest[point]]) <= distance(point, $0) + 1e-4 }
        }
        #expect(right.count > count * 9 / 10)
    }
}
