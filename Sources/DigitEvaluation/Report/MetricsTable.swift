import DigitTraining

/// A row for each model, a column for each figure, and real training images below as the limit.
struct MetricsTable {
    let models: [ComparedModel]
    let real: Evaluation.Row

    private struct Column: Sendable {
        let title: String
        let digits: Int
        /// True if less is better, false if more is; nil if neither.
        let isLessBetter: Bool?
        let value: @Sendable (Evaluation.Row) -> Double?
    }

    private static let columns: [Column] = [
        Column(title: "Fréchet distance", digits: 3, isLessBetter: true) { $0.quality.frechetDistance },
        Column(title: "within classes", digits: 3, isLessBetter: true) {
            $0.quality.intraClassFrechetDistance
        },
        Column(title: "label accuracy", digits: 4, isLessBetter: false) { $0.quality.labelAccuracy },
        Column(title: "worst class", digits: 4, isLessBetter: false) { $0.quality.worstClassAccuracy },
        Column(title: "precision", digits: 3, isLessBetter: false) { $0.quality.precision },
        Column(title: "recall", digits: 3, isLessBetter: false) { $0.quality.recall },
        Column(title: "diversity within classes", digits: 3, isLessBetter: nil) {
            $0.quality.withinClassDiversity
        },
        Column(title: "distance to training images", digits: 2, isLessBetter: nil) {
            $0.quality.nearestTrainingDistance
        },
        Column(title: "copies of training images", digits: 4, isLessBetter: nil) { $0.quality.copiedShare },
        Column(title: "classifier trained on it", digits: 4, isLessBetter: false) {
            $0.classificationAccuracy
        },
    ]

    private var columns: [Column] {
        Self.columns.filter { column in models.contains { column.value($0.quality) != nil } }
    }

    var html: HTML {
        """
        <table>
        <tr><th>model</th><th>epochs</th><th>time</th><th>KiB</th>\
        \(HTML(columns.map { "<th>\($0.title)</th>" }, separator: ""))</tr>
        \(HTML(models.map(row)))
        <tr class="real"><td>real training images</td><td></td><td></td><td></td>\
        \(HTML(columns.map { "<td>\(text($0, real))</td>" }, separator: ""))</tr>
        </table>
        """
    }

    private func row(_ model: ComparedModel) -> HTML {
        let cells = columns.map { column -> HTML in
            let kind: HTML = isBest(model, in: column) ? " class=\"best\"" : ""
            return "<td\(kind)>\(text(column, model.quality))</td>"
        }
        return """
            <tr><td>\(model.name.rawValue)</td><td>\(model.run.map { "\($0.epochs.count)" } ?? "–")</td>\
            <td>\(model.trainingTime)</td>\
            <td>\(model.bundleSize / 1024)</td>\(HTML(cells, separator: ""))</tr>
            """
    }

    private func text(_ column: Column, _ row: Evaluation.Row) -> String {
        column.value(row).map { fixed($0, digits: column.digits) } ?? "–"
    }

    private func isBest(_ model: ComparedModel, in column: Column) -> Bool {
        guard let isLess = column.isLessBetter, models.count > 1, let mine = column.value(model.quality)
        else {
            return false
        }
        let others = models.compactMap { column.value($0.quality) }
        return isLess ? mine == others.min() : mine == others.max()
    }
}
