import DigitGen
import DigitImaging
import TestSupport
import Testing
import TrainingTestSupport
import DigitModel

@testable import DigitTraining

@Suite("Metrics in a bundle")
struct BundleMetricsTests {
    private let directory = TemporaryDirectory()

    @Test("figures replace those of their names, and the weights stay")
    func record() throws {
        let bytes = try SampleBundle.encoded()
        let path = directory.write(bytes, as: "sample.zst")
        try BundleMetrics.requireBundle(at: path)
        #expect(directory.read("sample.zst") == bytes)
        try BundleMetrics.record(
            [.init(name: "fd", value: 0.5), .init(name: "recall", value: 0.75)], in: path)
        let (before, after) = (
            try Bundle(compressed: bytes), try Bundle(compressed: directory.read("sample.zst"))
        )
        #expect(after.manifest.metrics.map(\.name) == ["fd", "recall"])
        #expect(after.manifest.metrics.map(\.value) == [0.5, 0.75])
        #expect(after.model.layers.map(\.weights) == before.model.layers.map(\.weights))
        #expect(directory.names == ["sample.zst"])
    }

    @Test("what takes no figures is refused, by both in the same way")
    func refusals() {
        let text = directory.write(Array("no bundle\n".utf8), as: "text")
        for path in [text, directory.file("none"), directory.path] {
            let early = #expect(throws: (any Error).self) { try BundleMetrics.requireBundle(at: path) }
            let late = #expect(throws: (any Error).self) { try BundleMetrics.record([], in: path) }
            #expect("\(String(describing: early))" == "\(String(describing: late))")
            #expect("\(String(describing: early))".contains(path))
        }
        #expect(directory.names == ["text"])
    }
}
