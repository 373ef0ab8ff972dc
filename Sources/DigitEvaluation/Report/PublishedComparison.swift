import DigitModel
import DigitTraining

/// The paper's models as it trains them, over several seeds, beside the same models as they ship.
struct PublishedComparison {
    /// One of the paper's models, trained as published by at least one seed.
    struct Group {
        let model: ModelName
        let runs: [PublishedRun]
        /// The shipped model; nil if it is not compared.
        let shipped: ComparedModel?

        func spread(_ figure: (Evaluation.Row) -> Double?) -> Spread? {
            let values = runs.compactMap { figure($0.quality) }
            return values.isEmpty ? nil : Spread(values)
        }

        /// The distances of the seeds relative to their mean; nil for one seed.
        var relativeDeviation: Double? {
            guard let distances = spread({ $0.quality.frechetDistance }), let deviation = distances.deviation
            else { return nil }
            return deviation / distances.mean
        }
    }

    let groups: [Group]
    let real: Evaluation.Row

    init(runs: [PublishedRun], models: [ComparedModel], real: Evaluation.Row) {
        groups = ModelName.allCases.compactMap { model in
            let own = runs.filter { $0.model == model }
            guard !own.isEmpty else { return nil }
            return Group(model: model, runs: own, shipped: models.first { $0.name == model })
        }
        self.real = real
    }

    /// The findings about mode collapse of each of a group's runs.
    func collapses(_ group: Group) -> [ModeCollapse] {
        group.runs.map { ModeCollapse($0.quality.quality, real: real.quality) }
    }
}

// MARK: HTML

extension PublishedComparison {
    private static let figures: [ReportFigure] = [
        .frechetDistance, .labelAccuracy, .precision, .recall, .diversity,
        ReportFigure(title: "least share of a digit", digits: 3) { $0.quality.classShares.min() },
    ]

    var html: HTML {
        """
        <h2>As published, and as shipped</h2>
        <p>The same networks twice: trained as Qin and Shan 2021 do, by their equations as written, with several seeds \
        (mean ± standard deviation, measured in float32); and as they ship, with what was found since. What the paper \
        leaves open, the discriminators and the initialization, is the same in both, but for dropout, which only cgan has \
        equally. The minutes are those of each run, on the processor and with the threads that it had.</p>
        <div class="wide"><table>
        <tr><th>model</th><th>seeds</th><th>epochs</th><th>minutes</th>\
        \(HTML(Self.figures.map { "<th>\($0.title)</th>" }, separator: ""))</tr>
        \(HTML(groups.map(rows)))
        <tr class="real"><td>real training images</td><td></td><td></td><td></td>\
        \(HTML(Self.figures.map { "<td>\($0.text(real))</td>" }, separator: ""))</tr>
        </table></div>
        \(precisions)
        \(HTML(groups.map(curves)))
        \(HTML(groups.map(grids)))
        \(ModelClaims(self).html)
        """
    }

    /// The runs whose products were rounded; nothing if there are none.
    private var precisions: HTML {
        let rounded = groups.flatMap(\.runs).filter { $0.configuration.precision != .float32 }
        guard !rounded.isEmpty else { return "" }
        let names = rounded.map {
            "\($0.model.rawValue) \($0.configuration.seed) (\($0.configuration.precision.rawValue))"
        }
        return "<p>Trained with rounded factors of products: \(names.joined(separator: ", ")).</p>"
    }

    private func rows(_ group: Group) -> HTML {
        let minutes = Spread(group.runs.map { $0.epochs.seconds / 60 })
        let published: HTML = """
            <tr><td>\(group.model.rawValue), as published</td><td>\(group.runs.count)</td>\
            <td>\(group.runs[0].epochs.count)</td><td>\(minutes.text(digits: 0))</td>\
            \(HTML(Self.figures.map { "<td>\(group.spread($0.value)?.text(digits: $0.digits) ?? "–")</td>" }, separator: ""))</tr>
            """
        guard let shipped = group.shipped else { return published }
        let seconds = shipped.run.map(\.epochs.seconds)
        return """
            \(published)
            <tr><td>\(group.model.rawValue), as shipped</td><td>1</td>\
            <td>\(shipped.run.map { "\($0.epochs.count)" } ?? "–")</td>\
            <td>\(seconds.map { fixed($0 / 60, digits: 0) } ?? "–")</td>\
            \(HTML(Self.figures.map { "<td>\($0.text(shipped.quality))</td>" }, separator: ""))</tr>
            """
    }

    /// The losses of the first seed, and what D thinks.
    private func curves(_ group: Group) -> HTML {
        let epochs = group.runs[0].epochs
        let name = group.model.rawValue
        let losses = LineChart(lossesOf: epochs, title: "Losses of \(name) as published")
        let beliefs = LineChart(
            title: "Probabilities of \(name) as published",
            series: [
                LineChart.Series(name: "D(x)", values: epochs.map { Double($0.realProbability) }),
                LineChart.Series(name: "D(G(z))", values: epochs.map { Double($0.generatedProbability) }),
            ])
        return """
            <h3>\(name) as published, seed \("\(group.runs[0].configuration.seed)")</h3>
            <div class="pair"><figure>\(losses.html)<figcaption>losses</figcaption></figure>
            <figure>\(beliefs.html)<figcaption>what the discriminator takes for real: at the equilibrium both are \
            0.5</figcaption></figure></div>
            """
    }

    private func grids(_ group: Group) -> HTML {
        let grids = group.runs[0].grids.map { grid -> HTML in
            """
            <figure>\(HTML.image(png: grid.png, width: 280, height: 280, text: "Digits after epoch \(grid.epoch)"))\
            <figcaption>epoch \(grid.epoch)</figcaption></figure>
            """
        }
        guard !grids.isEmpty else { return "" }
        return """
            <h3>\(group.model.rawValue) as published, over its epochs</h3>
            <div class="pair">
            \(HTML(grids))
            </div>
            """
    }
}
