import DigitImaging
import Platform

/// A progress line on standard error that follows the terminal's width; nothing if standard error is not a terminal.
struct ProgressBar {
    /// The least time between two changes, in seconds.
    private static let pause = 0.1

    private let total: Int
    private let start = SystemClock.now
    private var lastChange: Double
    private var line = StatusLine()

    /// `total` is the number of images to come.
    init(total: Int) {
        self.total = total
        self.lastChange = start
    }

    /// Shows that `done` images are finished.
    mutating func update(_ done: Int) {
        let time = SystemClock.now
        guard time - lastChange >= Self.pause, let columns = Terminal(STDERR_FILENO)?.columns else { return }
        lastChange = time
        let rate = Int(Double(done) / (time - start))
        let left = Int(Double(total - done) / max(Double(rate), 1))
        let count = "\(done) of \(total)"
        let progress = ProgressLine(
            done: done, total: total,
            afters: ["\(count), \(rate)/s, \(left) s left", "\(count), \(left) s left", count])
        StandardError.write(line.replacement(by: progress.text(columns: columns), columns: columns))
    }

    /// Removes the line.
    mutating func clear() {
        guard let columns = Terminal(STDERR_FILENO)?.columns else { return }
        StandardError.write(line.removal(columns: columns))
    }
}
