import DigitImaging
import Platform

/// Shows the progress of training on standard error: on a terminal a bar that is redrawn and follows the terminal's
/// width, elsewhere one line per epoch.
package final class ProgressDisplay {
    private let write: (String) -> Void
    /// The terminal's width; nil where there is none.
    private let columns: () -> Int?
    private var line: StatusLine
    private let epochs: Int
    private let stepsPerEpoch: Int
    /// The least time between two drawings, in seconds.
    private static let pause = 0.2
    private var lastDrawing: Double?

    /// - Parameters:
    ///   - epochs: Epochs of the whole run.
    ///   - signal: after it, output does not wait for a reader.
    package convenience init(epochs: Int, stepsPerEpoch: Int, until signal: StopSignal? = nil) {
        self.init(
            epochs: epochs, stepsPerEpoch: stepsPerEpoch, line: StatusLine(),
            columns: { Terminal(STDERR_FILENO)?.columns },
            // Failing to write a message is no reason to stop training.
            write: { StandardError.write($0, until: { signal?.received != nil }) })
    }

    init(
        epochs: Int, stepsPerEpoch: Int, line: StatusLine, columns: @escaping () -> Int?,
        write: @escaping (String) -> Void
    ) {
        self.epochs = epochs
        self.stepsPerEpoch = stepsPerEpoch
        self.line = line
        self.columns = columns
        self.write = write
    }

    /// After a step (from 0) of an epoch (from 1). Draws a few times a second at most.
    package func didStep(epoch: Int, step: Int, report: StepReport) {
        let now = SystemClock.now
        if let lastDrawing, now - lastDrawing < ProgressDisplay.pause { return }
        guard let columns = columns() else { return }
        lastDrawing = now
        let text = bar(epoch: epoch, done: step + 1, report).text(columns: columns)
        write(line.replacement(by: text, columns: columns))
    }

    /// After an epoch.
    package func didFinish(_ epoch: CurvesFile.Epoch) {
        let report = StepReport(
            generatorLoss: epoch.generatorLoss, discriminatorLoss: epoch.discriminatorLoss,
            realProbability: epoch.realProbability, generatedProbability: epoch.generatedProbability)
        say(
            "epoch \(epoch.number)/\(epochs)  \(ProgressDisplay.figures(report))  "
                + "\(fixed(epoch.seconds, digits: 1)) s")
    }

    /// Writes a message on a line of its own.
    package func say(_ message: String) {
        write((columns().map { line.removal(columns: $0) } ?? "") + message + "\n")
    }

    private func bar(epoch: Int, done: Int, _ report: StepReport) -> ProgressLine {
        let steps = "\(done)/\(stepsPerEpoch)"
        return ProgressLine(
            done: done, total: stepsPerEpoch, before: "epoch \(epoch)/\(epochs)",
            afters: [
                "\(steps)  \(ProgressDisplay.figures(report))", "\(steps)  \(ProgressDisplay.losses(report))",
                steps,
            ])
    }

    private static func figures(_ report: StepReport) -> String {
        "\(losses(report))  D(x) \(fixed(Double(report.realProbability), digits: 2))  "
            + "D(G(z)) \(fixed(Double(report.generatedProbability), digits: 2))"
    }

    private static func losses(_ report: StepReport) -> String {
        "G_loss \(fixed(Double(report.generatorLoss), digits: 3))  "
            + "D_loss \(fixed(Double(report.discriminatorLoss), digits: 3))"
    }
}

/// The number with a fixed count of decimals (0 to 9).
package func fixed(_ value: Double, digits: Int) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "\(value)" }
    var power = 1
    for _ in 0..<digits { power *= 10 }
    let scaled = Int((abs(value) * Double(power)).rounded())
    let fraction = String(scaled % power)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    if digits == 0 { return "\(sign)\(scaled)" }
    return "\(sign)\(scaled / power)." + String(repeating: "0", count: digits - fraction.count) + fraction
}

/// A share in per cent.
package func percent(_ share: Double, digits: Int = 0) -> String {
    fixed(share * 100, digits: digits) + " %"
}
