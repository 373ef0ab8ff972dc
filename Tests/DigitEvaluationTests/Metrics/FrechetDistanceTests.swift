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

    @Test("of features that are not finite it is no number")
    func notFinite() {
        let features = randomTensor([300, 6], seed: 1)
        let gaussian = FeatureGaussian(features)
        features.pointer[0] = .infinity
        let broken = FeatureGaussian(features)
        #expect(FeatureGaussian.frechetDistance(gaussian, broken).isNaN)
        #expect(FeatureGaussian.frechetDistance(broken, gaussian).isNaN)
    }
}
