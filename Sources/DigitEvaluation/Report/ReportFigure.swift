import DigitTraining

/// A figure of digits, as the report's tables show it.
struct ReportFigure: Sendable {
    let title: String
    let digits: Int
    /// True if less is better, false if more is; nil if neither.
    var isLessBetter: Bool?
    let value: @Sendable (Evaluation.Row) -> Double?

    func text(_ row: Evaluation.Row) -> String {
        value(row).map { fixed($0, digits: digits) } ?? "–"
    }

    static let frechetDistance = ReportFigure(title: "Fréchet distance", digits: 3, isLessBetter: true) {
        $0.quality.frechetDistance
    }
    static let labelAccuracy = ReportFigure(title: "label accuracy", digits: 4, isLessBetter: false) {
        $0.quality.labelAccuracy
    }
    static let precision = ReportFigure(title: "precision", digits: 3, isLessBetter: false) {
        $0.quality.precision
    }
    static let recall = ReportFigure(title: "recall", digits: 3, isLessBetter: false) { $0.quality.recall }
    static let diversity = ReportFigure(title: "diversity within classes", digits: 3) {
        $0.quality.withinClassDiversity
    }
}
