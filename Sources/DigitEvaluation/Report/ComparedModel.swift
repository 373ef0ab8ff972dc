import DigitDataSets
import DigitGen
import DigitImaging
import DigitModel
import DigitTraining
import Platform

/// A model of a comparison.
package struct ComparedModel: Sendable {
    package let name: ModelName
    /// The recipe in its bundle.
    package let recipe: String
    /// The configuration and the losses of its run; nil if the run is not available.
    package let run: (configuration: RunConfiguration, epochs: [CurvesFile.Epoch])?
    package let quality: Evaluation.Row
    /// A hundred images: ten of each digit in turn if the model is conditional, otherwise as they come.
    package let digits: [UInt8]
    /// The number of bytes in the bundle.
    package let bundleSize: Int

    package init(
        name: ModelName, recipe: String,
        run: (configuration: RunConfiguration, epochs: [CurvesFile.Epoch])?,
        quality: Evaluation.Row, digits: [UInt8], bundleSize: Int
    ) {
        self.name = name
        self.recipe = recipe
        self.run = run
        self.quality = quality
        self.digits = digits
        self.bundleSize = bundleSize
    }

    /// The first hundred of some digits; where they have labels, the first ten of each label in turn.
    package static func hundred(of digits: Evaluation.Digits) -> [UInt8] {
        let size = ImageSize.mnist.pixelCount
        guard let labels = digits.labels else { return Array(digits.pixels.prefix(100 * size)) }
        return (UInt8(0)..<10).flatMap { digit in
            labels.indices.lazy.filter { labels[$0] == digit }.prefix(10).flatMap {
                digits.pixels[$0 * size..<($0 + 1) * size]
            }
        }
    }

    var metrics: QualityMetrics { quality.quality }

    /// True if it draws the digit that is asked for.
    var isConditional: Bool { name.architecture.isConditional }

    /// The duration of training in words; "–" without a run.
    var trainingTime: String {
        guard let run else { return "–" }
        let seconds = run.epochs.seconds
        return seconds < 90 ? "\(Int(seconds.rounded())) s" : "\(Int((seconds / 60).rounded())) min"
    }
}

extension HTML {
    /// Digits of MNIST's size in rows of ten, at twice their size.
    static func grid(of digits: [UInt8], text: String) throws(ImagingError) -> HTML {
        let size = try ImageStack.Size(width: ImageSize.mnist.width, height: ImageSize.mnist.height)
        let stack = try ImageStack(size: size, pixels: digits)
        let picture = try GridLayout(columns: 10).picture(of: stack)
        var encoder = try PNGEncoder()
        return image(
            png: try encoder.encode(picture), width: picture.width * 2, height: picture.height * 2, text: text
        )
    }
}

/// A bundle to compare and the run that it was made of: all that a comparison reads of a model, so that errors appear
/// before long work begins.
package struct ComparedBundle: Sendable {
    package let model: ModelName
    /// The number of bytes in the file.
    package let size: Int
    /// The configuration and the losses of its run; nil if the run is not available.
    package let run: (configuration: RunConfiguration, epochs: [CurvesFile.Epoch])?

    let generator: DigitGenerator

    package var recipe: String { generator.bundle.manifest.recipe }

    /// The path of a model's bundle in a folder of bundles.
    package static func path(of model: ModelName, in folder: String) -> String {
        "\(folder)/\(model.rawValue).safetensors.zst"
    }

    /// Reads a model's bundle in a folder of bundles, and its run in a folder of runs if there is one.
    ///
    /// - Throws: `EvaluationError.otherModel` for a file whose name is not that of the model in it; `DataSetError`,
    ///   `DigitGeneratorError` and `RunError` for what cannot be read or understood.
    package init(of model: ModelName, in folder: String, runs: String?) throws {
        let path = ComparedBundle.path(of: model, in: folder)
        let bytes: [UInt8]
        do { bytes = try FileBytes.read(path, limit: Bundle.fileLimit) } catch {
            throw DataSetError.unreadable(error)
        }
        size = bytes.count
        generator = try DigitGenerator(bytes: bytes, source: path)
        self.model = model
        try ComparedBundle.require(model, generator.bundle, path: path)
        let manifest = generator.bundle.manifest
        run = try runs.flatMap { try ComparedBundle.run("\($0)/\(model.rawValue)", of: manifest) }
    }

    private static func require(_ model: ModelName, _ bundle: Bundle, path: String) throws(EvaluationError) {
        let name = bundle.manifest.modelName
        guard name == model.rawValue else {
            throw .otherModel(file: path, found: name, expected: model.rawValue)
        }
        guard bundle.model.architecture == model.architecture else {
            throw .otherModel(file: path, found: "a \(name) of other layers", expected: model.rawValue)
        }
    }

    /// The configuration and the losses of the run in a directory; nil if there is none, it has no epoch, or the
    /// manifest is of another run. A run whose curves are complete needs no checkpoint.
    static func run(
        _ path: String, of manifest: Manifest
    ) throws(RunError) -> (configuration: RunConfiguration, epochs: [CurvesFile.Epoch])? {
        let configurationPath = RunDirectory.configurationPath(in: path)
        let checkpoint = RunDirectory.checkpointPath(in: path)
        let curves = RunDirectory.curvesPath(in: path)
        guard [configurationPath, curves].allSatisfy(FileBytes.exists) else { return nil }
        let configuration = try RunConfiguration.read(configurationPath)
        guard FileBytes.exists(checkpoint) else {
            let epochs = try CurvesFile.read(curves)
            let isOfRun = configuration.made(manifest, after: configuration.epochs)
            return isOfRun && epochs.count == configuration.epochs ? (configuration, epochs) : nil
        }
        // The bundle was made of the checkpoint; the curves may be an epoch ahead of it.
        let epoch = try Checkpoint.load(checkpoint).count("epoch")
        guard configuration.made(manifest, after: epoch) else { return nil }
        return (configuration, try CurvesFile(resuming: curves, epochCount: epoch).epochs)
    }
}
