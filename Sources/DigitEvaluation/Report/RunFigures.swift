import DigitTraining
import Platform
import StrictJSON

/// `figures.json` in a run's directory: what was measured of its generator, under the names of `evaluate --json`.
///
/// With it, a run can be compared without its checkpoint: the small files of a long training are a record that can be
/// kept where the large one cannot.
package enum RunFigures {
    /// The name of the file.
    package static let name = "figures.json"
    /// The most bytes that a file may have.
    private static let sizeLimit = 1 << 16

    private static func path(in run: String) -> String { "\(run)/\(name)" }

    /// True if a run in a directory has figures and no checkpoint.
    package static func isRecord(_ run: String) -> Bool {
        RunDirectory.holdsRun(run) && FileBytes.exists(path(in: run))
            && !FileBytes.exists(RunDirectory.checkpointPath(in: run))
    }

    /// Writes the figures of a run as one line of JSON; earlier ones are replaced.
    package static func write(_ figures: Evaluation.Row, to run: String) throws(RunError) {
        var writer = JSONWriter()
        writer.beginObject()
        EvaluationReport.write(figures, to: &writer)
        writer.endObject()
        do { try AtomicFile.write(Array((writer.text + "\n").utf8), to: path(in: run)) } catch {
            throw .output(error)
        }
    }

    /// Reads the figures of quality that `write` or `evaluate --json` wrote; others stay nil.
    ///
    /// - Throws: `RunError.unreadable`, `.malformedConfiguration`.
    package static func read(_ run: String) throws(RunError) -> Evaluation.Row {
        Evaluation.Row(quality: try QualityMetrics(RunFields(path(in: run), limit: sizeLimit)))
    }
}

extension QualityMetrics {
    fileprivate init(_ fields: RunFields) throws(RunError) {
        func number(_ key: String) throws(RunError) -> Double {
            guard let number = fields.number(key) else { throw fields.wrong(key, "a number") }
            return number
        }
        self.init(
            frechetDistance: try number("fd"),
            intraClassFrechetDistance: try fields.optionalNumber("intra_class_fd"),
            labelAccuracy: try fields.optionalNumber("label_accuracy"),
            worstClassAccuracy: try fields.optionalNumber("worst_class_accuracy"),
            precision: try number("precision"), recall: try number("recall"),
            classShares: try fields.numbers("class_shares", count: 10),
            withinClassDiversity: try number("within_class_diversity"),
            nearestTrainingDistance: try fields.optionalNumber("nearest_training_distance"),
            copiedShare: try fields.optionalNumber("copied_share"))
    }
}
