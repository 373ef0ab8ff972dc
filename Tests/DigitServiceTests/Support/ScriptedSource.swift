import DigitService

/// A client whose every move is written down before.
final class ScriptedSource: ByteSource {
    enum Step {
        /// These bytes are there at once.
        case bytes([UInt8])
        /// Nothing comes until the session waits for it.
        case pause
        /// The process is asked to stop.
        case stop
    }

    private var steps: ArraySlice<Step>
    private(set) var isStopped = false
    /// Bytes that the session has taken.
    private(set) var byteCount = 0
    /// Called when the session waits.
    var onPause: () -> Void = {}

    init(_ steps: [Step]) {
        self.steps = steps[...]
    }

    convenience init(_ text: String) {
        self.init([.bytes(Array(text.utf8))])
    }

    var isReady: Bool {
        if case .pause = steps.first { false } else { true }
    }

    func read() -> Arrival {
        while let step = steps.popFirst() {
            switch step {
            case .bytes(let bytes):
                byteCount += bytes.count
                return .bytes(bytes)
            case .pause:
                onPause()
            case .stop:
                isStopped = true
                return .stopped
            }
        }
        return .end
    }
}
