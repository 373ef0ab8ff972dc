import TestSupport
import Testing
import DigitModel

@testable import DigitGen

@Suite("Benchmark")
struct BenchmarkTests {
    @Test("every batch is measured with every number of threads, and is above zero")
    func measurements() throws {
        let result = Benchmark(batches: [1, 9], threads: [1, 2, 3], duration: .zero).run(try sample())
        #expect(result.model == "sample")
        #expect(result.measurements.map(\.batch) == [1, 9, 1, 9, 1, 9])
        #expect(result.measurements.map(\.threads) == [1, 1, 2, 2, 3, 3])
        for measurement in result.measurements {
            #expect(measurement.imagesPerSecond > 0 && measurement.imagesPerSecond.isFinite)
            #expect(measurement.shareOfPeak > 0 && measurement.shareOfPeak.isFinite)
        }
    }

    @Test("rates follow from the time")
    func rates() {
        let measurement = Benchmark.Measurement(
            batch: 50, threads: 1, time: .milliseconds(2), macsPerImage: 4_000_000, peakGMACsPerSecond: 400)
        #expect(measurement.imagesPerSecond == 25_000)
        #expect(measurement.gmacsPerSecond == 100)
        #expect(measurement.shareOfPeak == 0.25)
    }

    @Test("the time is split among the latents and all layers", arguments: [ModelName.cgan, .cdcgan])
    func stages(name: ModelName) throws {
        let model = RandomModel.make(name.architecture, seed: 3)
        let generator = try DigitGenerator(
            Bundle(model: model, manifest: SampleBundle.manifest), tier: KernelTier.available[0])
        let result = Benchmark(batches: [2], threads: [1], duration: .zero).run(generator)
        let architecture = name.architecture
        #expect(result.stages.count == 1 + architecture.layers.count)
        #expect(result.stages[0].name == "latents")
        #expect(result.stages.map(\.macsPerImage) == [0] + architecture.layers.map(\.macsPerImage))
        #expect(result.stages.reduce(0) { $0 + $1.macsPerImage } == result.macsPerImage)
        for stage in result.stages { #expect(stage.time > .zero && stage.time < .longest, "\(stage.name)") }
        let output = try #require(architecture.layers.last?.output)
        let last = try #require(result.stages.last)
        #expect(last.name.hasSuffix("\(output.height)×\(output.width)×\(output.channels)"))
    }

    private func sample() throws -> DigitGenerator {
        try DigitGenerator(bytes: SampleBundle.encoded())
    }
}
