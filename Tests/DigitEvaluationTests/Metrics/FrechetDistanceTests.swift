import NeuralNetwork
import Testing
import TrainingTestSupport

@testable import DigitEvaluation

@Suite("Fréchet distance")
struct FrechetDistanceTests {
    @Test("of a set and itself it is 0")
    func identical() {
        let features = randomTensor([300, 6], seed: 1)
        let gaussian = FeatureGaussian(features)
        #expect(FeatureGaussian.frechetDistance(gaussian, gaussian) < 1e-6)
    }

    @Test("of a shifted set it is the squared shift")
    func shifted() {
        let features = randomTensor([300, 3], seed: 2)
        let moved = Tensor(features.elements.map { $0 + 0.5 }, shape: features.shape)
        let distance = FeatureGaussian.frechetDistance(FeatureGaussian(features), FeatureGaussian(moved))
        #expect(abs(distance - 0.75) < 1e-5)
    }

    @Test("of a stretched set it is the sum of (σ₁ − σ₂)²")
    func stretched() {
        let features = randomTensor([400, 1], seed: 3)
        let wide = Tensor(features.elements.map { 3 * $0 }, shape: features.shape)
        let first = FeatureGaussian(features)
        let deviation = first.covariance[0].squareRoot()
        let shift = 2 * first.mean[0]
        let distance = FeatureGaussian.frechetDistance(first, FeatureGaussian(wide))
        #expect(abs(distance - (4 * deviation * deviation + shift * shift)) < 1e-5)
    }

    @Test("eigenvalues and eigenvectors put a random symmetric matrix together again")
    func eigenDecomposition() {
        let size = 9
        let random = randomTensor([size, size], seed: 4)
        let matrix = (0..<size * size).map { index in
            Double(random.pointer[index] + random.pointer[index % size * size + index / size])
        }
        let eigen = SymmetricEigenDecomposition(matrix, size: size)
        for row in 0..<size {
            for column in 0..<size {
                let sum = (0..<size).reduce(0.0) {
                    $0 + eigen.vectors[row * size + $1] * eigen.values[$1] * eigen.vectors[column * size + $1]
                }
                #expect(abs(sum - matrix[row * size + column]) < 1e-10)
            }
        }
    }
}
