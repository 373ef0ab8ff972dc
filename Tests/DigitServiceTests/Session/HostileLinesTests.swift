import DigitService
import StrictJSON
import TestSupport
import Testing

@Suite("Hostile lines")
struct HostileLinesTests {
    private static let good = [
        #"{"id":1,"digits":"7","seed":1,"format":"raw"}"#, #"{"id":[2,null],"digits":"90210","seed":2}"#,
        #"{"id":"3","digits":"12","count":2,"seed":3,"layout":"each","format":"raw"}"#,
        #"{"id":{"a":"\u00e9\"\\"},"digits":"0","seed":4,"model":"sample","first":3}"#,
        #"{"op":"ping","id":5}"#,
        #"{"op":"hello","id":6.50}"#,
    ]

    /// The line with a few bytes changed, added, removed or repeated: hardly ever still good, never two lines.
    private func mutated(_ line: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var line = line
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0...line.count, using: &random)
            let structural = Array(#"{}[]",:\-0123456789eE.tfn "#.utf8)
            let byte =
                Bool.random(using: &random)
                ? structural.randomElement(using: &random) ?? 0 : UInt8.random(in: 0...255, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: line.insert(byte, at: place)
            case 1: if place < line.count { line[place] = byte }
            case 2: if place < line.count { line.remove(at: place) }
            case 3: line = Array(line[..<place])
            default: line += line[place...]
            }
        }
        return line.map { $0 == 10 ? 11 : $0 }
    }

    private func isGood(_ reply: String) throws -> Bool {
        let object = try Conversation.object(reply)
        guard let isGood = object["ok"]?.bool else {
            Issue.record("\(reply)")
            return false
        }
        if !isGood {
            let code = try #require(object["error"]?.object?["code"]?.string)
            #expect(ErrorCode(rawValue: code) != nil && code != "internal", "\(reply)")
        }
        return isGood
    }

    @Test("among thousands of broken lines each has one reply, and the good ones have theirs")
    func mutations() throws {
        let conversation = try Conversation()
        var random = SeededRandom(seed: 74)
        let expected = try Self.good.map { try conversation.lines([$0]).joined() }
        var lines: [[UInt8]] = []
        var places: [Int: Int] = [:]
        let count = Rounds.count(2200, full: 11_000)
        for index in 0..<count {
            let choice = Int.random(in: 0..<Self.good.count, using: &random)
            if index % 11 == 0 {
                places[index] = choice
                lines.append(Array(Self.good[choice].utf8))
            } else if index % 100 == 1 {
                lines.append((0..<100).map { _ in UInt8.random(in: 11...255, using: &random) })
            } else {
                lines.append(mutated(Array(Self.good[choice].utf8), &random))
            }
        }
        let replies = try conversation.lines(lines)
        try #require(replies.count == lines.count, "seed 74")
        var failures = 0
        for (index, reply) in replies.enumerated() {
            if let choice = places[index] {
                #expect(reply == expected[choice], "line \(index), seed 74")
            } else if try !isGood(reply) {
                failures += 1
            }
        }
        #expect(failures > count * 8 / 11, "most were broken, seed 74")
    }

    @Test("lines of nothing but one kind of byte, or of the deepest nesting, are answered")
    func extremes() throws {
        let conversation = try Conversation()
        let full = 65_536
        var lines = [0x00, 0x22, 0x2D, 0x30, 0x39, 0x5B, 0x7B, 0x80, 0xFF].map {
            [UInt8](repeating: $0, count: full)
        }
        lines.append(Array(String(repeating: "[],", count: full / 3).utf8))
        lines.append(Array(("[" + String(repeating: "{\"a\":", count: full / 5 - 1)).utf8))
        let keys = (0..<5000).map { "\"k\($0)\":1" }.joined(separator: ",")
        lines.append(Array("{\(keys)}".utf8))
        lines.append(Array(#"{"op":"ping","id":[\#(String(repeating: "[],", count: 21_000))0]}"#.utf8))
        let replies = try conversation.lines(lines)
        #expect(replies.count == lines.count)
        #expect(try replies.map(isGood) == Array(repeating: false, count: lines.count - 1) + [true])
    }
}
