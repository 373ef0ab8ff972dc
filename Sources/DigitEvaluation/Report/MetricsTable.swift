import DigitTraining

/// A row for each model, a column for each figure, and real training images below as the limit.
struct MetricsTable {
    let models: [ComparedModel]
    let real: Evaluation.Row

    private static let columns: [ReportFigure] = [
        .frechetDistance,
        ReportFigure(title: "within classes", digits: 3, isLessBetter: true) {
            $0.quality.intraClassFrechetDistance
        },
        .labelAccuracy,
        ReportFigure(title: "worst class", digits: 4, isLessBetter: false) { $0.quality.worstClassAccuracy },
        .precision, .recall, .diversity,
        ReportFigure(title: "distance to training images", digits: 2) { $0.quality.nearestTrainingDistance },
        ReportFigure(title: "copies of training images", digits: 4) { $0.quality.copiedShare },
        ReportFigure(title: "classifier trained on it", digits: 4, isLessBetter: false) {
            $0.classificationAccuracy
        },
    ]

    private var columns: [ReportFigure] {
        Self.columns.filter { column in models.contains { column.value($0.quality) != nil } }
    }

    var html: HTML {
        """
        <table>
        <tr><th>model</th><th>epochs</th><th>time</th><th>KiB</th>\
        \(HTML(columns.map { "<th>\($0.title)</th>" }, separator: ""))</tr>
        \(HTML(models.map(row)))
        <tr class="real"><td>real training images</td><td></td><td></td><td></td>\
        \(HTML(columns.map { "<td>\($0.text(real))</td>" }, separator: ""))</tr>
        </table>
        """
    }

    private func row(_ model: ComparedModel) -> HTML {
        let cells = columns.map { column -> HTML in
            let kind: HTML = isBest(model, in: column) ? " class=\"best\"" : ""
            return "<td\(kind)>\(column.text(model.quality))</td>"
        }
        return """
            <tr><td>\(model.name.rawValue)</td><td>\(model.run.map { "\($0.epochs.count)" } ?? "–")</td>\
            <td>\(model.trainingTime)</td>\
            <td>\(model.bundleSize / 1024)</td>\(HTML(cells, separator: ""))</tr>
            """
    }

    private func isBest(_ model: ComparedModel, in column: ReportFigure) -> Bool {
        guard let isLess = column.isLessBetter, models.count > 1, let mine = column.value(model.quality)
        else {
            return false
        }
        let others = models.compactMap { column.value($0.quality) }
        return isLess ? mine == others.min() : mine == others.max()
    }
}
