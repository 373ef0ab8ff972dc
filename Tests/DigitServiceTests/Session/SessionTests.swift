import DigitGen
import DigitImaging
import DigitService
import Platform
import StrictJSON
import TestSupport
import Testing

@Suite("Sessions")
struct SessionTests {
    private let conversation: Conversation

    init() throws {
        conversation = try Conversation()
    }

    @Test("every line gets one reply, in the order of the lines")
    func order() throws {
        let requests = (0..<500).map { index in
            switch index % 5 {
            case 0: #"{"id":\#(index),"digits":"\#(index % 10)","format":"raw"}"#
            case 1: #"{"id":\#(index),"op":"ping"}"#
            case 2: #"{"id":\#(index),"digits":"x"}"#
            case 3: #"{"id":\#(index),"digits":"\#(index)","count":3,"layout":"each"}"#
            default: #"{"id":\#(index),"op":"hello"}"#
            }
        }
        let ids = try conversation.lines(requests).map { try Conversation.object($0).integer("id") }
        #expect(ids == Array(0..<500))
    }

    @Test("a request gets the same bytes alone, among others, and with any number of threads")
    func batching() throws {
        var random = SeededRandom(seed: 73)
        let requests = (0..<300).map { index in
            let digits = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                "\(Int.random(in: 0...9, using: &random))"
            }
            let layout = ["grid", "each"].randomElement(using: &random) ?? ""
            let format = ["png", "raw"].randomElement(using: &random) ?? ""
            return
                #"{"id":\#(index),"digits":"\#(digits.joined())","count":\#(Int.random(in: 1...5, using: &random)),"#
                + #""seed":\#(Int.random(in: 0...9, using: &random)),"format":"\#(format)","layout":"\#(layout)"}"#
        }
        let together = try conversation.lines(requests.map { Array($0.utf8) }, threads: 1)
        #expect(try conversation.lines(requests.map { Array($0.utf8) }, threads: 3) == together, "seed 73")
        for index in stride(from: 0, to: 300, by: 17) {
            #expect(
                try conversation.lines([requests[index]]) == [together[index]], "seed 73, request \(index)")
        }
    }

    @Test("replies are sent when no request waits, and each before the next is awaited")
    func flushing() throws {
        let sink = MemorySink()
        let source = ScriptedSource([
            .pause, .bytes(Array("7\n8\n9".utf8)), .pause, .bytes(Array("\n\"1".utf8)), .pause,
            .bytes(Array("2\"\n".utf8)), .pause,
        ])
        var sent: [Int] = []
        source.onPause = { sent.append(sink.bytes.count { $0 == 10 }) }
        var session = try Session(
            from: source, to: sink, registry: ModelRegistry(own: conversation.generator))
        #expect(try session.run() == .endOfInput)
        #expect(sent == [0, 2, 3, 4])
    }

    @Test("the last line counts without a newline, too, and an empty input is answered by nothing")
    func ends() throws {
        #expect(try conversation.output(to: ScriptedSource("")).bytes == [])
        for text in ["{\"op\":\"ping\"}", "{\"op\":\"ping\"}\n"] {
            let (bytes, end) = try conversation.output(to: ScriptedSource(text))
            #expect(String(decoding: bytes, as: UTF8.self) == "{\"id\":null,\"ok\":true,\"op\":\"ping\"}\n")
            #expect(end == .endOfInput)
        }
        let (half, _) = try conversation.output(to: ScriptedSource("{\"op\":\"pi"))
        #expect(
            try Conversation.object(String(decoding: half.dropLast(), as: UTF8.self))["ok"] == .bool(false))
    }

    @Test("a line over 64 KiB is one error, and the lines around it are answered")
    func longLines() throws {
        let ping = Array(#"{"op":"ping"}"#.utf8)
        func padded(_ count: Int) -> [UInt8] { ping + [UInt8](repeating: 32, count: count - ping.count) }
        let lines = [ping, padded(65_536), padded(65_537), ping, padded(1_000_000), ping]
        let replies = try conversation.lines(lines).map { try Conversation.object($0) }
        #expect(replies.map { $0["ok"]?.bool } == [true, true, false, true, false, true])
        #expect(replies[2]["error"]?.object?["code"]?.string == "line_too_long")
    }

    @Test("a stopped session answers what it has begun, and says whether more had come")
    func stopping() throws {
        let requests = Array("7\n8\n".utf8)
        let idle = ScriptedSource([.bytes(requests), .pause, .stop, .pause])
        let (bytes, end) = try conversation.output(to: idle)
        #expect(bytes.count { $0 == 10 } == 2 && end == .stopped(hasUnanswered: false))
        let busy = ScriptedSource([.bytes(requests), .stop, .bytes(requests)])
        let (begun, earlyEnd) = try conversation.output(to: busy)
        #expect(begun.count { $0 == 10 } == 2 && earlyEnd == .stopped(hasUnanswered: true))
        let half = ScriptedSource([.bytes(requests + [55]), .pause, .stop, .pause])
        #expect(try conversation.output(to: half).end == .stopped(hasUnanswered: true))
    }

    @Test("no more is read than a little ahead of a client that does not read")
    func readAhead() throws {
        let requests = Array(repeating: Array("7\n".utf8), count: 1000).flatMap { $0 }
        let source = ScriptedSource(Array(repeating: .bytes(requests), count: 1000))
        var session = try Session(
            from: source, to: ClosedSink(), registry: ModelRegistry(own: conversation.generator))
        var thrown: ServiceError?
        do throws(ServiceError) { _ = try session.run() } catch { thrown = error }
        #expect(thrown == .output(.output(.closedPipe)))
        #expect(source.byteCount <= 1 << 16, "of \(1000 * requests.count) bytes")
    }

    /// Where a writer would have to wait.
    private final class ClosedSink: ByteSink {
        func write(_ bytes: ArraySlice<UInt8>) throws(OutputError) { throw .closedPipe }
        func finish() {}
    }
}
