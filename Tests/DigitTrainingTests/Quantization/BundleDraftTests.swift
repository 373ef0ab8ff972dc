import DigitDataSets
import DigitModel
import NeuralNetwork
import TestSupport
import Testing
import TrainingTestSupport

@testable import DigitTraining

@Suite("Bundle of a run")
struct BundleDraftTests {
    private let parallel = Parallel(threads: 1)
    private let data: DataSet

    init() {
        let tiny = TinyData(count: 50, seed: 3)
        data = DataSet(images: tiny.images, labels: tiny.labels, digest: String(repeating: "d", count: 64))
    }

    /// A run of a generator with few weights, for 10,000 images are drawn from it.
    private func finished() -> FinishedGenerator {
        var architecture = Architecture(latentSize: 8, classCount: 0, labelScale: 0, layers: [])
        architecture.appendDense(Volume(height: 1, width: 1, channels: 8), activation: .relu)
        architecture.appendDense(Volume(height: 28, width: 28, channels: 1), activation: .tanh)
        var random = RandomSource(seed: 4)
        let layers = architecture.layers.map { layer in
            FoldedGenerator.LayerWeights(
                weights: (0..<layer.weightCount).map { _ in random.uniform() - 0.5 },
                biases: (0..<layer.outputChannels).map { _ in random.uniform() - 0.5 })
        }
        return FinishedGenerator(
            path: "runs/gan", generator: FoldedGenerator(architecture: architecture, layers: layers),
            configuration: RunConfiguration(model: .gan, settings: .init(), dataSetSHA256: data.digest),
            epoch: 1)
    }

    @Test("one run gives one bundle, with the black of its training images and its figures")
    func reproducible() throws {
        let calibrationCount = Rounds.count(20, full: Quantizer.calibrationCount)
        func makeDraft() throws -> BundleDraft {
            try BundleDraft(
                finished(), training: data, programVersion: "1", calibrationCount: calibrationCount,
                parallel: parallel)
        }
        var draft = try makeDraft()
        let bytes = try draft.encoded()
        let again = try makeDraft()
        #expect(again.model.layers == draft.model.layers)
        #expect(again.model.pixels == draft.model.pixels)
        #expect(again.manifest == draft.manifest)
        #expect(try again.encoded() == bytes)
        let bundle = try Bundle(compressed: bytes)
        #expect(BlackMatch(bundle.model, to: data.images, parallel: parallel).model == bundle.model)
        #expect(bundle.manifest.metrics.map(\.name) == ["int8_pixel_difference", "darkest_gray"])

        draft.record([.init(name: "fd", value: 0.5)])
        let measured = try Bundle(compressed: draft.encoded())
        #expect(measured.manifest.metrics == bundle.manifest.metrics + [.init(name: "fd", value: 0.5)])
        #expect(measured.model == bundle.model)
    }

    @Test("only the images that a run was trained on give its black")
    func otherImages() {
        let other = DataSet(
            images: data.images, labels: data.labels, digest: String(repeating: "0", count: 64))
        #expect(
            throws: RunError.otherTrainingData(path: "runs/gan", found: data.digest, expected: other.digest)
        ) {
            try BundleDraft(finished(), training: other, programVersion: "1", parallel: parallel)
        }
    }
}
