import Testing

@testable import DigitTraining

@Suite("Checkpoint")
struct CheckpointTests {
    private let directory = TemporaryDirectory()
    private var path: String { directory.file("checkpoint") }

    private func write(_ values: [Float] = [1, -2.5, .infinity]) throws {
        let writer = try CheckpointWriter(path: path)
        try writer.add("step", integer: .max - 1)
        try values.withUnsafeBufferPointer { try writer.add("weight", floats: $0) }
        try writer.add("note", bytes: Array("ζ".utf8))
        try writer.finish()
    }

    @Test("what was written is read again, in order")
    func roundTrip() throws {
        try write()
        let checkpoint = try Checkpoint.load(path)
        #expect(checkpoint.names == ["step", "weight", "note"])
        #expect(try checkpoint.integer("step") == .max - 1)
        #expect(try checkpoint.floats("weight", count: 3) == [1, -2.5, .infinity])
        #expect(try checkpoint.bytes("note") == Array("ζ".utf8))
    }

    @Test("a section of another name, kind or size is named with what would be right")
    func wrongSection() throws {
        try write()
        let checkpoint = try Checkpoint.load(path)
        #expect(throws: RunError.self) { try checkpoint.integer("weight") }
        #expect(
            throws: RunError.checkpointSection(
                path: path, name: "weight", found: "an array of numbers of 12 bytes",
                expected: "an array of numbers of 16 bytes")
        ) { try checkpoint.floats("weight", count: 4) }
        #expect(
            throws: RunError.checkpointSection(
                path: path, name: "bias", found: "missing", expected: "an array of numbers of 4 bytes")
        ) { try checkpoint.floats("bias", count: 1) }
    }

    @Test("every cut, flipped byte and addition is noticed")
    func corruption() throws {
        try write()
        let whole = directory.read("checkpoint")
        for size in whole.indices {
            #expect(throws: RunError.self, "cut at \(size)") {
                try Checkpoint(Array(whole[..<size]), path: path)
            }
            var flipped = whole
            flipped[size] ^= 0x10
            #expect(throws: RunError.self, "byte \(size)") { try Checkpoint(flipped, path: path) }
        }
        #expect(throws: RunError.self) { try Checkpoint(whole + [0], path: path) }
    }

    @Test("a file that is not finished leaves the one before as it was, and nothing else")
    func unfinished() throws {
        try write()
        let before = directory.read("checkpoint")
        do {
            let writer = try CheckpointWriter(path: path)
            try writer.add("step", integer: 7)
        }
        #expect(directory.read("checkpoint") == before)
        #expect(directory.names == ["checkpoint"])
    }
}
