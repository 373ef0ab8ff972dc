import DigitTraining
import NeuralNetwork

/// The results of `modes`, as a section of the report: a table for each set of data.
struct ModesSection {
    /// At least one.
    let tables: [ModeTable]

    var html: HTML {
        """
        <h2>Modes reached</h2>
        <p>Generators trained apart from the models above: how many of the known modes of the data they reach, how far \
        the shares of the modes are from even ones (KL, less is better), and the share of good samples. Means of the \
        seeds ± standard deviation.</p>
        <p>Dense methods (gan and gan-…) share their generator, and so do convolutional ones (dcgan, dcgan-… and \
        relativistic). Losses with gradient penalties (manifold, wasserstein, relativistic) have other moments of Adam and a \
        discriminator without dropout and batch normalization, relativistic ones and manifold also five times the rate on \
        digits. Wasserstein takes one step of the discriminator for each of the generator’s, where its source takes five. \
        The autoencoder of manifold sees the data three times more, which the minutes include and the samples do not.</p>
        \(HTML(tables.map(section)))
        """
    }

    private func section(_ table: ModeTable) -> HTML {
        """
        <h3>\(title(table.set))</h3>
        <p>\(explanation(table.set))</p>
        <p><code>\(command(table))</code></p>
        \(precisions(table))
        <div class="wide"><table>
        <tr><th>method</th><th>seeds</th><th>samples</th><th>core minutes</th><th>modes</th><th>KL</th><th>good</th></tr>
        \(HTML(table.rows.map(row)))
        <tr class="real"><td>real</td><td></td><td></td><td></td><td>\(table.real.reached)</td>\
        <td>\(fixed(table.real.divergence, digits: 3))</td><td>\(fixed(table.real.goodShare, digits: 3))</td></tr>
        </table></div>
        """
    }

    private func title(_ set: ModeSet) -> HTML {
        switch set {
        case .ring: "Eight Gaussians"
        case .grid: "Twenty-five Gaussians"
        case .mnist: "MNIST"
        case .stacked: "Stacked MNIST"
        }
    }

    private func explanation(_ set: ModeSet) -> HTML {
        switch set {
        case .ring:
            "On a circle of radius 1, σ 0.01. \("\(set.sampleCount)") points are counted; good ones lie within 3 σ."
        case .grid:
            """
            On a grid of five by five, σ a fortieth of its spacing. \("\(set.sampleCount)") points are counted; good ones \
            lie within 3 σ.
            """
        case .mnist:
            """
            Ten digits, told apart by the judge. \("\(set.sampleCount)") images are counted; good ones look like real digits \
            to it.
            """
        case .stacked:
            """
            Three digits at once, one in each channel: 1,000 combinations, told apart by the judge. \
            \("\(set.sampleCount)") images are counted; good ones have three digits that look real to it: it reads noise, \
            too. Published, with other networks and longer training: VEEGAN 150 modes; PacGAN 1,000 and KL 0.06; R3GAN \
            1,000 and 0.029.
            """
        }
    }

    /// What makes the table, in any number of calls; other numbers of passes need calls of their own.
    private func command(_ table: ModeTable) -> HTML {
        let seeds = Set(table.rows.flatMap(\.results).map(\.settings.seed)).sorted()
        let data = table.set.mixture == nil ? " --data mnist" : ""
        let precision = table.rows.contains(where: isRounded) ? " --precision bfloat16" : ""
        return """
            digitgen-train modes --set \(table.set.rawValue)\(data)\(precision) \
            --seeds \(seeds.map { "\($0)" }.joined(separator: ",")) --output modes \
            \(table.rows.map(\.method.rawValue).joined(separator: " "))
            """
    }

    private func isRounded(_ row: ModeTable.Row) -> Bool {
        row.results[0].settings.recipe.contains(Precision.bfloat16.rawValue)
    }

    /// The methods that were not rounded, where others were; nothing if all are alike.
    private func precisions(_ table: ModeTable) -> HTML {
        let exact = table.rows.filter { !isRounded($0) }.map(\.method.rawValue)
        guard !exact.isEmpty, exact.count < table.rows.count else { return "" }
        return """
            <p class="note">In float32, whose minutes cannot be compared with those in bfloat16: \
            \(exact.joined(separator: ", ")).</p>
            """
    }

    private func row(_ row: ModeTable.Row) -> HTML {
        """
        <tr><td>\(row.method.rawValue)</td><td>\(row.results.count)</td><td>\("\(row.images)")</td>\
        <td>\(row.minutes.text(digits: 1))</td><td>\(row.modes.text(digits: row.results.count > 1 ? 1 : 0))</td>\
        <td>\(row.divergence.text(digits: 3))</td><td>\(row.goodShare.text(digits: 3))</td></tr>
        """
    }
}
