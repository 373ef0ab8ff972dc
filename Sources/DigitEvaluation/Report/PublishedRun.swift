import DigitModel
import DigitTraining
import Platform

/// A finished run by the paper's own recipe (`Recipe.published`), and what was measured of it.
package struct PublishedRun: Sendable {
    /// Where such a run is, or is to be.
    package struct Place: Sendable, Equatable {
        package let model: ModelName
        package let seed: UInt64
        /// The run's directory.
        package let path: String

        /// The places of all seeds of all of the paper's models among `models`: `RUNS/published/MODEL-SEED`.
        ///
        /// - Parameter seeds: the number of seeds, from 1.
        package static func all(of models: [ModelName], seeds: Int, runs: String) -> [Place] {
            models.filter(\.isPublished).flatMap { model in
                (0..<seeds).map { index in
                    Place(
                        model: model, seed: UInt64(index + 1),
                        path: "\(runs)/published/\(model.rawValue)-\(index + 1)")
                }
            }
        }

        /// True if there is a run that has all its epochs, or the record of one.
        package func isFinished() throws(RunError) -> Bool {
            if isRecord { return true }
            return try TrainingRun.isFinished(path)
        }

        /// True if a run's figures are kept, and its checkpoint is not: there is nothing to measure any more.
        package var isRecord: Bool { RunFigures.isRecord(path) }

        /// True if there is a run that will be continued.
        package var isBegun: Bool { RunDirectory.holdsRun(path) }
    }

    /// A grid of digits that the run wrote after an epoch.
    package struct Grid: Sendable, Equatable {
        package let epoch: Int
        package let png: [UInt8]
    }

    package let model: ModelName
    /// What was asked for.
    package let configuration: RunConfiguration
    /// The losses of each.
    package let epochs: [CurvesFile.Epoch]
    /// Of the float32 generator.
    package let quality: Evaluation.Row
    /// After the first epoch, a tenth of all epochs, half of them, and all.
    package let grids: [Grid]

    package init(
        model: ModelName, configuration: RunConfiguration, epochs: [CurvesFile.Epoch],
        quality: Evaluation.Row,
        grids: [Grid]
    ) {
        self.model = model
        self.configuration = configuration
        self.epochs = epochs
        self.quality = quality
        self.grids = grids
    }

    /// The configuration of the run at a place: the published recipe, in any precision, on these data.
    ///
    /// - Parameter dataSetSHA256: see `DataSet.digest`.
    /// - Throws: `RunError` for what cannot be read, `.otherRecipe` for a run of another recipe, and
    ///   `.otherTrainingData` for one of other digits.
    package static func configuration(
        at place: Place, dataSetSHA256: String
    ) throws(RunError) -> RunConfiguration {
        let path = RunDirectory.configurationPath(in: place.path)
        let configuration = try RunConfiguration.read(path)
        let published = RunConfiguration(
            model: place.model,
            settings: .init(seed: place.seed, isPublished: true, precision: configuration.precision),
            dataSetSHA256: configuration.dataSetSHA256, classes: configuration.classes)
        guard configuration == published else {
            throw .otherRecipe(path: path, found: configuration.recipe, expected: published.recipe)
        }
        guard configuration.dataSetSHA256 == dataSetSHA256 else {
            throw .otherTrainingData(
                path: path, found: configuration.dataSetSHA256, expected: dataSetSHA256)
        }
        return configuration
    }

    /// Reads the run at a place.
    ///
    /// - Parameters:
    ///   - configuration: the run's: see `configuration(at:dataSetSHA256:)`.
    ///   - quality: the figures of its generator.
    /// - Throws: `RunError` for what cannot be read.
    package init(
        at place: Place, configuration: RunConfiguration, quality: Evaluation.Row
    ) throws(RunError) {
        let curves = try CurvesFile(
            resuming: RunDirectory.curvesPath(in: place.path), epochCount: configuration.epochs)
        self.init(
            model: place.model, configuration: configuration, epochs: curves.epochs, quality: quality,
            grids: Self.grids(in: place.path, of: configuration.epochs))
    }

    private static func grids(in path: String, of epochs: Int) -> [Grid] {
        let wanted = [1, max(1, epochs / 10), max(1, epochs / 2), epochs]
        return Set(wanted).sorted().compactMap { epoch in
            FileStatus.contents(RunDirectory.samplePath(epoch: epoch, in: path), limit: 1 << 20).map {
                Grid(epoch: epoch, png: $0)
            }
        }
    }
}
