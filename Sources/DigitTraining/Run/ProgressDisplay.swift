import DigitImaging

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Tells on standard error how far training is: a bar that is drawn over itself on a terminal, a line an epoch
/// elsewhere.
package final class ProgressDisplay {
    private let write: (String) -> Void
    private let isTerminal: Bool
    private let epochs: Int
    private let stepsPerEpoch: Int
    private let clock = ContinuousClock()
    private var lastDrawing: ContinuousClock.Instant?

    /// - Parameters:
    ///   - epochs: Epochs of the whole run.
    ///   - signal: From when it came on, messages that nobody reads are not waited for.
    package convenience init(epochs: Int, stepsPerEpoch: Int, until signal: StopSignal? = nil) {
        self.init(epochs: epochs, stepsPerEpoch: stepsPerEpoch, isTerminal: isatty(STDERR_FILENO) == 1) {
            // A message that cannot be written is lost, not a reason to stop training.
            StandardError.write($0, until: { signal?.received != nil })
        }
    }

    init(epochs: Int, stepsPerEpoch: Int, isTerminal: Bool, write: @escaping (String) -> Void) {
        self.epochs = epochs
        self.stepsPerEpoch = stepsPerEpoch
        self.isTerminal = isTerminal
        self.write = write
    }

    /// After a step (from 0) of an epoch (from 1). Draws a few times a second at most.
    package func didStep(epoch: Int, step: Int, report: StepReport) {
        guard isTerminal else { return }
        let now = clock.now
        if let lastDrawing, lastDrawing.duration(to: now) < .milliseconds(200) { return }
        lastDrawing = now
        write("\r\(bar(epoch: epoch, done: step + 1))  \(ProgressDisplay.figures(report))\u{1B}[K")
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

    /// A line of its own.
    package func say(_ message: String) {
        write((isTerminal ? "\r\u{1B}[K" : "") + message + "\n")
    }

    private func bar(epoch: Int, done: Int) -> String {
        let width = 24
        let filled = stepsPerEpoch == 0 ? width : width * done / stepsPerEpoch
        return "epoch \(epoch)/\(epochs) [" + String(repeating: "#", count: filled)
            + String(repeating: "-", count: width - filled) + "] \(done)/\(stepsPerEpoch)"
    }

    private static func figures(_ report: StepReport) -> String {
        "G_loss \(fixed(Double(report.generatorLoss), digits: 3))  "
            + "D_loss \(fixed(Double(report.discriminatorLoss), digits: 3))  "
            + "D(x) \(fixed(Double(report.realProbability), digits: 2))  "
            + "D(G(z)) \(fixed(Double(report.generatedProbability), digits: 2))"
    }
}
