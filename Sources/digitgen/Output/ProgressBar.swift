import DigitImaging
import Glibc

/// Says on standard error how far the work is, on one line that changes. Where that is no terminal it says
/// nothing.
struct ProgressBar {
    private static let width = 30
    /// Seconds between two changes.
    private static let pause = 0.1

    private let total: Int
    private let isShown: Bool
    private let start = ProgressBar.now()
    private var lastChange: Double
    private var hasDrawn = false

    /// `total` is the number of images to come.
    init(total: Int) {
        self.total = total
        self.isShown = isatty(STDERR_FILENO) == 1
        self.lastChange = start
    }

    /// Shows that `done` images are finished.
    mutating func update(_ done: Int) {
        let time = Self.now()
        guard isShown, time - lastChange >= Self.pause else { return }
        lastChange = time
        hasDrawn = true
        let filled = Int(Double(Self.width) * Double(done) / Double(max(total, 1)))
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: Self.width - filled)
        let rate = Int(Double(done) / (time - start))
        let left = Int(Double(total - done) / max(Double(rate), 1))
        StandardError.write("\r[\(bar)] \(done) of \(total), \(rate) a second, \(left) s left\u{1B}[K")
    }

    /// Removes the line.
    mutating func clear() {
        if hasDrawn { StandardError.write("\r\u{1B}[K") }
        hasDrawn = false
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
