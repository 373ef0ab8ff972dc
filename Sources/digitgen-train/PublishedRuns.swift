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

    let places: [PublishedRun.Place]

    /// Finds finished runs.
    init(of models: [ModelName], seeds: Int?, in runs: String) throws {
        places = try PublishedRun.Place.all(of: models, seeds: seeds ?? Self.mostSeeds, runs: runs)
            .filter { try $0.isFinished() }
    }

    /// Trains the runs that are not finished.
    init(
        of models: [ModelName], seeds: Int?, trainedIn runs: String, on training: DataSet, parallel: Parallel
    )
        throws
    {
        places = PublishedRun.Place.all(of: models, seeds: seeds ?? Self.standardSeeds, runs: runs)
        for place in places where try !place.isFinished() {
            let run = try TrainingRun(
                model: place.model, settings: RunConfiguration.Settings(seed: place.seed, isPublished: true),
                data: training, path: place.path, resume: place.isBegun, parallel: parallel)
            StandardError.print(
                "training \(place.model.rawValue) as published, seed \(place.seed), in \(place.path)")
            _ = try StopSignal.watched { try run.run(until: $0) }
        }
    }

    /// - Parameter seed: of the digits drawn.
    func measured(by evaluation: Evaluation, seed: UInt64, parallel: Parallel) throws -> [PublishedRun] {
        try places.map { place in
            StandardError.print("measuring \(place.path)")
            return try PublishedRun(at: place) { path in
                let subject = try EvaluationSubject(
                    file: path, labels: nil, seed: seed, withClassification: false, parallel: parallel)
                return evaluation.measure(subject.digits, classification: nil)
            }
        }
    }
}
