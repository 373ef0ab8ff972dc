import DigitTraining

/// A column for each model, a row for each figure, and real training images in the last column as the limit.
struct MetricsTable {
    let models: [ComparedModel]
    let real: Evaluation.Row

    private static let figures: [ReportFigure] = [
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

    private var figures: [ReportFigure] {
        Self.figures.filter { figure in models.contains { figure.value($0.quality) != nil } }
    }

    var html: HTML {
        """
        <table>
        <tr><th></th>\(HTML(models.map { "<th>\($0.name.rawValue)</th>" }, separator: ""))<th>real</th></tr>
        \(row("epochs") { $0.run.map { "\($0.epochs.count)" } ?? "–" })
        \(row("time") { $0.trainingTime })
        \(row("KiB") { "\($0.bundleSize / 1024)" })
        \(HTML(figures.map(row)))
        </table>
        """
    }

    /// A row of what real images do not have.
    private func row(_ title: String, _ text: (ComparedModel) -> String) -> HTML {
        "<tr><td>\(title)</td>\(HTML(models.map { "<td>\(text($0))</td>" }, separator: ""))<td></td></tr>"
    }

    private func row(_ figure: ReportFigure) -> HTML {
        let cells = models.map { model -> HTML in
            let kind: HTML = isBest(model, by: figure) ? " class=\"best\"" : ""
            return "<td\(kind)>\(figure.text(model.quality))</td>"
        }
        return """
            <tr><td>\(figure.title)</td>\(HTML(cells, separator: ""))<td class="real">\(figure.text(real))</td></tr>
            """
    }

    private func isBest(_ model: ComparedModel, by figure: ReportFigure) -> Bool {
        guard let isLess = figure.isLessBetter, models.count > 1, let mine = figure.value(model.quality)
        else {
            return false
        }
        let others = models.compactMap { figure.value($0.quality) }
        return isLess ? mine == others.min() : mine == others.max()
    }
}
