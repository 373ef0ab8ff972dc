import Testing

@testable import NeuralNetwork

@Suite("Batch normalization")
struct BatchNormalizationTests {
    @Test("what is measured is the same to the last bit, whatever was measured before", arguments: 1...3)
    func measuresAnew(batchCount: Int) {
        var random = RandomSource(seed: 7)
        let batches = (0..<batchCount).map { _ in randomBatch(&random) }
        let others = (0..<4).map { _ in randomBatch(&random) }
        let (fresh, used) = (normalization(), normalization())
        measure(fresh, batches)
        for other in others { measure(used, [other]) }
        measure(used, batches)
        for (expected, found) in zip(fresh.statistics, used.statistics) {
            #expect(found.value.elements == expected.value.elements, "\(found.name)")
        }
    }

    private let channels = 64

    private func normalization() -> BatchNormalization {
        BatchNormalization(name: "layer", channels: channels, parallel: Parallel(threads: 1))
    }

    private func measure(_ normalization: BatchNormalization, _ batches: [Tensor]) {
        normalization.resetStatistics()
        for batch in batches { _ = normalization.forward(batch, .measuringStatistics) }
    }

    private func randomBatch(_ random: inout RandomSource) -> Tensor {
        let values = (0..<10 * channels).map { _ in Float.random(in: -1...1, using: &random) }
        return Tensor(values, shape: [10, channels])
    }
}
