import DigitDataSets
import DigitImaging
import DigitModel
import DigitTraining

/// The comparison of models after Qin and Shan 2021, with figures: one self-contained HTML file.
package struct ComparisonReport {
    private let models: [ComparedModel]
    private let real: Evaluation.Row
    /// 100 training images, ten of each digit in turn.
    private let realDigits: [UInt8]
    private let judgeAccuracy: Double
    private let published: [PublishedRun]
    private let modes: [ModeTable]

    /// - Parameters:
    ///   - published: runs by the paper's own recipe; none to leave that comparison out.
    ///   - modes: results of `modes`, a table for each set; none to leave them out.
    package init(
        models: [ComparedModel], real: Evaluation.Row, training: DataSet, judgeAccuracy: Double,
        published: [PublishedRun] = [], modes: [ModeTable] = []
    ) {
        self.published = published
        self.modes = modes
        self.models = models
        self.real = real
        self.judgeAccuracy = judgeAccuracy
        realDigits = ComparedModel.hundred(
            of: Evaluation.Digits(pixels: training.images, labels: training.labels))
    }

    /// The whole document.
    package func html() throws(ImagingError) -> String {
        let names = models.map(\.name.rawValue).joined(separator: ", ")
        let document: HTML = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Generators of handwritten digits compared</title>
            <style>
            \(ReportStyle.css)
            </style>
            </head>
            <body>
            <h1>Generators of handwritten digits compared</h1>
            <p>\(names), measured on 10,000 digits each, drawn from the int8 weights of their bundles.</p>
            \(try dataSection())
            \(settingsSection)
            \(curvesSection)
            \(try picturesSection())
            \(tableSection)
            \(collapseSection)
            \(publishedSection)
            \(modes.isEmpty ? "" : ModesSection(tables: modes).html)
            <p class="note">After Qin and Shan 2021, “Generation of Handwritten Numbers Using Generative Adversarial \
            Networks”. Made by digitgen-train compare.</p>
            </body>
            </html>

            """
        return document.source
    }

    private func dataSection() throws(ImagingError) -> HTML {
        """
        <h2>The data</h2>
        <figure>\(try HTML.grid(of: realDigits, text: "A hundred training images, ten of each digit"))
        <figcaption>Training images, ten of each digit.</figcaption></figure>
        """
    }

    private var settingsSection: HTML {
        """
        <h2>How each was trained</h2>
        <div class="wide"><table>
        <tr><th>model</th><th>epochs</th><th>batch</th><th>learning rate</th><th>time</th></tr>
        \(HTML(models.map(settingsRow)))
        </table></div>
        """
    }

    /// Two rows: the numbers, and the recipe below, which narrow screens have no room for beside them.
    private func settingsRow(_ model: ComparedModel) -> HTML {
        guard let run = model.run else {
            return """
                <tr class="above"><td>\(model.name.rawValue)</td><td>–</td><td>–</td><td>–</td><td>–</td></tr>
                <tr><td class="below" colspan="5">\(model.recipe). (The run itself is not available.)</td></tr>
                """
        }
        let settings = run.configuration
        return """
            <tr class="above"><td>\(model.name.rawValue)</td><td>\(run.epochs.count)</td><td>\(settings.batchSize)</td>\
            <td>\("\(settings.learningRate)")</td><td>\(model.trainingTime)</td></tr>
            <tr><td class="below" colspan="5">\(settings.recipe)</td></tr>
            """
    }

    private var curvesSection: HTML {
        let charts = models.compactMap { model -> HTML? in
            guard let run = model.run, !run.epochs.isEmpty else { return nil }
            let chart = LineChart(
                lossesOf: run.epochs, title: "Losses of \(model.name.rawValue) over its epochs")
            return "<figure><h3>\(model.name.rawValue)</h3>\(chart.html)</figure>"
        }
        guard !charts.isEmpty else { return "" }
        return """
            <h2>Losses</h2>
            <p class="note">Means of each epoch. Losses of different kinds, see the recipes, have different scales.</p>
            <div class="pair">
            \(HTML(charts))
            </div>
            """
    }

    private func picturesSection() throws(ImagingError) -> HTML {
        var pairs: [HTML] = []
        for model in models {
            let what = model.isConditional ? "asked for each digit ten times" : "as they come"
            pairs.append(
                """
                <h3>\(model.name.rawValue)</h3>
                <div class="pair">
                <figure>\(try HTML.grid(of: realDigits, text: "Real digits"))<figcaption>real</figcaption></figure>
                <figure>\(try HTML.grid(of: model.digits, text: "Digits drawn by \(model.name.rawValue)"))\
                <figcaption>drawn by \(model.name.rawValue), \(what)</figcaption></figure>
                </div>
                """)
        }
        return """
            <h2>Real and generated digits</h2>
            \(HTML(pairs))
            """
    }

    private var tableSection: HTML {
        """
        <h2>Figures</h2>
        <div class="wide">
        \(MetricsTable(models: models, real: real).html)
        </div>
        <p class="note">Fréchet distances, precision and recall are of features of a judge, a small convolutional network \
        that classifies \(percent(judgeAccuracy, digits: 2)) of the test images correctly. The reference is the test \
        images; training images are the limit of what can be reached. The best figure of each kind is marked.</p>
        """
    }

    private var publishedSection: HTML {
        guard !published.isEmpty else { return "" }
        return PublishedComparison(runs: published, models: models, real: real).html
    }

    private var collapseSection: HTML {
        """
        <h2>Mode collapse</h2>
        <p>A digit drawn in fewer than \(percent(ModeCollapse.leastClassShare)) of cases counts as lost (the line of long \
        dashes; dots are an even share). Digits of a class whose features spread less than \
        \(percent(ModeCollapse.leastDiversity)) as far as real ones’ are too alike.</p>
        <div class="pair">
        \(HTML(models.map(collapse)))
        </div>
        """
    }

    private func collapse(_ model: ComparedModel) -> HTML {
        let finding = ModeCollapse(model.metrics, real: real.quality)
        var words: [HTML] = []
        if !finding.lostClasses.isEmpty {
            let digits = finding.lostClasses.map(String.init).joined(separator: ", ")
            words.append("<p class=\"warning\">Mode collapse: hardly any \(digits).</p>")
        }
        let spread = percent(model.metrics.withinClassDiversity)
        words.append(
            finding.lacksDiversity
                ? "<p class=\"warning\">Mode collapse: digits of a class spread \(spread) as far as real ones.</p>"
                : "<p class=\"note\">Digits of a class spread \(spread) as far as real ones.</p>")
        return """
            <figure><h3>\(model.name.rawValue)</h3>
            \(ShareChart(shares: model.metrics.classShares, lost: finding.lostClasses, name: model.name.rawValue).html)
            \(HTML(words))
            </figure>
            """
    }
}
