import DigitGen
import DigitTraining
import StrictJSON
import DigitModel

/// The result of `evaluate`: a table for people, or JSON.
package struct EvaluationReport {
    package let generated: Evaluation.Row
    package let real: Evaluation.Row
    package let judgeAccuracy: Double

    package init(generated: Evaluation.Row, real: Evaluation.Row, judgeAccuracy: Double) {
        self.generated = generated
        self.real = real
        self.judgeAccuracy = judgeAccuracy
    }

    /// One line of JSON: the metrics, the same under `real`, `judge_accuracy` and `mode_collapse`.
    package var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        Self.write(generated, to: &writer)
        let collapse = ModeCollapse(generated.quality, real: real.quality)
        writer.key("mode_collapse")
        writer.beginObject()
        writer.key("lost_classes")
        writer.beginArray()
        for digit in collapse.lostClasses { writer.integer(digit) }
        writer.endArray()
        writer.key("lacks_diversity")
        writer.bool(collapse.lacksDiversity)
        writer.endObject()
        writer.key("judge_accuracy")
        writer.double(judgeAccuracy)
        writer.key("real")
        writer.beginObject()
        Self.write(real, to: &writer)
        writer.endObject()
        writer.endObject()
        return writer.text
    }

    /// The figures as a bundle's manifest holds them, to four decimals.
    package var metrics: [Manifest.Metric] {
        EvaluationReport.figures(generated).compactMap { key, _, value in
            value.map { Manifest.Metric(name: key, value: ($0 * 10_000).rounded() / 10_000) }
        }
    }

    /// `metrics`, if all are numbers that a manifest can hold.
    ///
    /// - Throws: `EvaluationError.notFinite`.
    package func finiteMetrics() throws(EvaluationError) -> [Manifest.Metric] {
        if let metric = metrics.first(where: { !$0.value.isFinite }) {
            throw .notFinite(name: metric.name, value: metric.value)
        }
        return metrics
    }

    /// Writes a row's figures as members of the object that is open.
    static func write(_ row: Evaluation.Row, to writer: inout JSONWriter) {
        for (key, _, value) in figures(row) {
            writer.key(key)
            if let value { writer.double(value) } else { writer.null() }
        }
        writer.key("class_shares")
        writer.beginArray()
        for share in row.quality.classShares { writer.double(share) }
        writer.endArray()
    }

    /// Key, words and value of each single figure.
    private static func figures(_ row: Evaluation.Row) -> [(key: String, words: String, value: Double?)] {
        let (quality, hands) = (row.quality, row.hands)
        let single: [(key: String, words: String, value: Double?)] = [
            ("fd", "Fréchet distance", quality.frechetDistance),
            ("intra_class_fd", "Fréchet distance within classes", quality.intraClassFrechetDistance),
            ("label_accuracy", "label accuracy", quality.labelAccuracy),
            ("worst_class_accuracy", "label accuracy of the worst class", quality.worstClassAccuracy),
            ("precision", "precision", quality.precision),
            ("recall", "recall", quality.recall),
            ("within_class_diversity", "diversity within classes", quality.withinClassDiversity),
            ("nearest_training_distance", "distance to training images", quality.nearestTrainingDistance),
            ("copied_share", "share of copies", quality.copiedShare),
            ("cas", "classification accuracy score", row.classificationAccuracy),
            ("full_length", "exactly 20 pixels long", row.fullLengthShare),
            ("one_piece", "ink in one piece", row.topology?.onePieceShare),
            ("right_holes", "ink with the right holes", row.topology?.rightHolesShare),
            ("two_sample_gray", "told from real digits, gray", row.twoSample?.gray),
            (
                "two_sample_black_and_white", "told from real digits, black and white",
                row.twoSample?.blackAndWhite
            ),
            ("hand_slant_correlation", "slant within a hand, correlation", hands?.correlation.slant),
            ("hand_thickness_correlation", "thickness within a hand", hands?.correlation.thickness),
            ("hand_width_correlation", "width within a hand", hands?.correlation.width),
            ("equal_digits", "numbers with digits equal to the pixel", hands?.equalShare),
        ]
        return single + StyleMeasure.allCases.flatMap { obedience(row, $0) }
    }

    /// How well the digit that obeys a measure worst does.
    private static func obedience(
        _ row: Evaluation.Row, _ measure: StyleMeasure
    ) -> [(key: String, words: String, value: Double?)] {
        let figures = row.hands?.obedience.first { $0.measure == measure }
        return [
            ("\(measure)_rank_correlation", "\(measure) asked and drawn, ranks", figures?.rankCorrelation),
            (
                "\(measure)_median_error",
                measure == .slant ? "slant, median error in degrees" : "\(measure), median relative error",
                figures?.medianError
            ),
        ]
    }

    /// A table with a row for each figure.
    package var table: String {
        func cell(_ value: Double?) -> String {
            pad(value.map { fixed($0, digits: 4) } ?? "-")
        }
        func pad(_ text: String) -> String { String(repeating: " ", count: max(0, 12 - text.count)) + text }
        func name(_ text: String) -> String { text + String(repeating: " ", count: max(0, 40 - text.count)) }

        var lines = [name("") + pad("generated") + pad("real")]
        for (mine, other) in zip(EvaluationReport.figures(generated), EvaluationReport.figures(real)) {
            lines.append(name(mine.words) + cell(mine.value) + cell(other.value))
        }
        for digit in 0..<10 {
            lines.append(
                name("share of \(digit)") + cell(generated.quality.classShares[digit])
                    + cell(real.quality.classShares[digit]))
        }
        lines.append("judge's accuracy on test images:" + cell(judgeAccuracy))
        return (lines + warnings).joined(separator: "\n")
    }

    /// A line for each sign of mode collapse or memorization.
    package var warnings: [String] {
        var lines = ModeCollapse(generated.quality, real: real.quality).warnings
        if let copied = generated.quality.copiedShare, copied > 0.01 {
            lines.append(
                "warning: memorization: \(percent(copied)) of the digits are copies of training images")
        }
        return lines
    }
}
