import CommandLineSupport
import DigitDataSets
import DigitEvaluation
import DigitGen
import DigitModel
import DigitTraining
import NeuralNetwork
import Platform

/// The runs by the paper's own recipes that a comparison shows.
struct PublishedRuns {
    /// The number of seeds that are trained where none is asked for: the fewest that have a spread worth the name.
    static let standardSeeds = 3
    /// The number of seeds that are looked for without training.
    private static let mostSeeds = 100

    private let runs: [(place: PublishedRun.Place, configuration: RunConfiguration)]

    /// Finds finished runs, which must be of these data.
    init(of models: [ModelName], seeds: Int?, in runs: String, data: DataSet) throws {
        let places = PublishedRun.Place.all(of: models, seeds: seeds ?? Self.mostSeeds, runs: runs)
        try self.init(places.filter { try $0.isFinished() }, data: data)
    }

    /// Trains the runs that are not finished.
    ///
    /// - Parameter precision: of runs that are not begun.
    init(
        of models: [ModelName], seeds: Int?, trainedIn runs: String, on data: DataSet, precision: Precision,
        parallel: Parallel
    ) throws {
        let places = PublishedRun.Place.all(of: models, seeds: seeds ?? Self.standardSeeds, runs: runs)
        for place in places where try !place.isFinished() {
            let run = try TrainingRun(
                model: place.model,
                settings: RunConfiguration.Settings(
                    seed: place.seed, isPublished: true, precision: place.isBegun ? nil : precision),
                data: data, path: place.path, resume: place.isBegun, parallel: parallel)
            StandardError.print(
                "training \(place.model.rawValue) as published, seed \(place.seed), in \(place.path)")
            _ = try StopSignal.watched { try run.run(until: $0) }
        }
        try self.init(places, data: data)
    }

    private init(_ places: [PublishedRun.Place], data: DataSet) throws {
        runs = try places.map {
            ($0, try PublishedRun.configuration(at: $0, dataSetSHA256: data.digest))
        }
    }

    /// - Parameter seed: of the digits drawn.
    func measured(by evaluation: Evaluation, seed: UInt64, parallel: Parallel) throws -> [PublishedRun] {
        try runs.map { place, configuration in
            let quality =
                place.isRecord
                ? try RunFigures.read(place.path)
                : try Self.measure(place, by: evaluation, seed: seed, parallel: parallel)
            return try PublishedRun(at: place, configuration: configuration, quality: quality)
        }
    }

    /// Measures a run's generator, and keeps the figures beside it.
    private static func measure(
        _ place: PublishedRun.Place, by evaluation: Evaluation, seed: UInt64, parallel: Parallel
    ) throws -> Evaluation.Row {
        StandardError.print("measuring \(place.path)")
        let subject = try EvaluationSubject(
            file: place.path, labels: nil, seed: seed, withClassification: false, parallel: parallel)
        let figures = evaluation.measure(subject.digits, classification: nil)
        do {
            try RunFigures.write(figures, to: place.path)
        } catch {
            // The report does not need the file, so runs may be where nothing can be written.
            StandardError.print("warning: \(error)")
        }
        return figures
    }
}
