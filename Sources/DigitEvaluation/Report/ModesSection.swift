import DigitTraining

/// What `modes` counted, as a part of the report.
struct ModesSection {
    let table: ModeTable

    var html: HTML {
        """
        <h2>Modes of Stacked MNIST</h2>
        <p>Generators of three digits at once, one in each channel, trained apart from the models above: how many of the \
        1,000 combinations \(ModeTrial.sampleCount) images of each show, by the judge, and how far their shares are from \
        even ones (KL, less is better).</p>
        <div class="wide"><table>
        <tr><th>method</th><th>images</th><th>core minutes</th><th>modes</th><th>KL</th></tr>
        \(HTML(table.results.map(row)))
        <tr class="real"><td>real digits</td><td></td><td></td><td>\(table.real.reached)</td>\
        <td>\(fixed(table.real.divergence, digits: 3))</td></tr>
        </table></div>
        """
    }

    private func row(_ result: ModeResult) -> HTML {
        """
        <tr><td>\(result.settings.method.rawValue)</td><td>\(result.images)</td>\
        <td>\(fixed(result.processorSeconds / 60, digits: 1))</td><td>\(result.modes)</td>\
        <td>\(fixed(result.divergence, digits: 3))</td></tr>
        """
    }
}
