import DigitGen
import DigitService
import TestSupport

/// A session of the service over any bytes, which must answer each line once and end.
enum FuzzConversation {
    private static let generator: DigitGenerator = {
        // The bundle is valid.
        // swift-format-ignore: NeverUseForceTry
        try! DigitGenerator(bytes: SampleBundle.encoded())
    }()

    /// Sends `bytes` to a session, in pieces whose sizes depend on the bytes, and counts the replies.
    static func hold(_ bytes: [UInt8]) {
        // Drawing many images would take time from other inputs.
        guard !asksForMany(bytes) else { return }
        let sink = MemorySink()
        do {
            var session = try Session(
                from: Pieces(bytes), to: sink, registry: ModelRegistry(own: generator), framing: .json)
            let end = try session.run()
            precondition(end == .endOfInput)
        } catch {
            fatalError("the session ended: \(error)")
        }
        // A byte order mark is not part of the first line, and the last line may lack its newline.
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
        let unfinished = text.last == nil || text.last == 10 ? 0 : 1
        let lines = text.count { $0 == 10 } + unfinished
        let replies = sink.bytes.count { $0 == 10 }
        precondition(replies == lines, "\(lines) lines got \(replies) replies")
    }

    /// Returns whether four digits follow each other, which may be a count.
    private static func asksForMany(_ bytes: [UInt8]) -> Bool {
        var run = 0
        for byte in bytes {
            run = byte &- 48 <= 9 ? run + 1 : 0
            if run >= 4 { return true }
        }
        return false
    }
}

/// Bytes that arrive in pieces.
private final class Pieces: ByteSource {
    private var rest: ArraySlice<UInt8>
    let isStopped = false
    var isReady: Bool { rest.count % 3 != 0 }

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    func read() -> Arrival {
        guard let first = rest.first else { return .end }
        let piece = rest.prefix(1 + Int(first))
        rest = rest.dropFirst(piece.count)
        return .bytes(Array(piece))
    }
}
