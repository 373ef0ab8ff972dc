import NeuralNetwork
import Testing
import TrainingTestSupport

@testable import DigitEvaluation

@Suite("Manifolds of features")
struct ManifoldTests {
    private let parallel = Parallel(threads: 2)

    @Test("samples of one distribution cover each other")
    func sameDistribution() {
        let result = ImprovedPrecisionRecall(
            real: randomTensor([600, 2], seed: 1), generated: randomTensor([600, 2], seed: 2),
            parallel: parallel)
        #expect(result.precision > 0.95)
        #expect(result.recall > 0.95)
    }

    @Test("a collapsed set is precise and recalls nothing")
    func collapsed() {
        let real = randomTensor([600, 2], seed: 1)
        let collapsed = Tensor(
            randomTensor([600, 2], seed: 2).elements.map { 0.001 * $0 }, shape: [600, 2])
        let result = ImprovedPrecisionRecall(real: real, generated: collapsed, parallel: parallel)
        #expect(result.precision > 0.95)
        #expect(result.recall < 0.05)
    }

    @Test("a far set is neither precise nor recalls anything")
    func farAway() {
        let far = Tensor(randomTensor([600, 2], seed: 2).elements.map { $0 + 50 }, shape: [600, 2])
        let result = ImprovedPrecisionRecall(
            real: randomTensor([600, 2], seed: 1), generated: far, parallel: parallel)
        #expect(
            result
                == ImprovedPrecisionRecall(
                    real: far, generated: randomTensor([600, 2], seed: 1), parallel: parallel))
        #expect(result.precision == 0)
        #expect(result.recall == 0)
    }

    @Test("distances by products are the distances written out")
    func distances() {
        let (points, references) = (randomTensor([7, 5], seed: 3), randomTensor([11, 5], seed: 4))
        PairwiseDistances(to: references, parallel: Parallel(threads: 1)).forEachRow(of: points) {
            row, distances in
            for (index, distance) in distances.enumerated() {
                let expected = (0..<5).reduce(Float(0)) {
                    let difference = points.pointer[row * 5 + $1] - references.pointer[index * 5 + $1]
                    return $0 + difference * difference
                }
                #expect(abs(distance - expected) < 1e-4)
            }
        }
    }

    @Test("copies of training images are found, others are not")
    func memorization() {
        let training = randomTensor([50, 784], seed: 5)
        let copied = Memorization(images: training.rows(10..<30), training: training, parallel: parallel)
        #expect(copied.copiedShare == 1)
        #expect(copied.meanNearestDistance < 0.05)
        let fresh = Memorization(
            images: randomTensor([20, 784], seed: 6), training: training, parallel: parallel)
        #expect(fresh.copiedShare == 0)
        #expect(fresh.meanNearestDistance > 5)
    }

    @Test("lost classes and lack of diversity count as collapse")
    func collapse() {
        let even = [Double](repeating: 0.1, count: 10)
        #expect(ModeCollapse(classShares: even, withinClassDiversity: 0.95).warnings.isEmpty)
        #expect(ModeCollapse(classShares: even, withinClassDiversity: 0.4).lacksDiversity)
        var uneven = even
        uneven[3] = 0.01
        uneven[4] = 0.19
        #expect(ModeCollapse(classShares: uneven, withinClassDiversity: 1).lostClasses == [3])
        var real = even
        real[3] = 0
        let asRare = ModeCollapse(classShares: uneven, realShares: real, withinClassDiversity: 1)
        #expect(asRare.lostClasses == [], "digits that the real ones lack are not missed")
    }
}
