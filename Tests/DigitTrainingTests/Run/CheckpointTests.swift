import Foundation
import NeuralNetwork
import TestSupport
import Testing
import TrainingTestSupport

@testable import DigitTraining

@Suite("Checkpoint")
struct CheckpointTests {
    private let folder = TemporaryFolder()
    private var path: String { folder.path("checkpoint") }

    private func write(_ values: [Float] = [1, -2.5, .infinity]) throws {
        let writer = try CheckpointWriter(path: path)
        try writer.add("step", integer: .max - 1)
        try writer.add("weight", floats: Tensor(values, shape: [values.count]))
        try writer.add("note", bytes: Array("ζ".utf8))
        try writer.finish()
    }

    private func copiedFloats(_ checkpoint: Checkpoint, _ name: String, count: Int) throws -> [Float] {
        let target = Tensor(repeating: 0, shape: [count])
        try checkpoint.copyFloats(name, into: target)
        return target.elements
    }

    @Test("what was written is read again, in order")
    func roundTrip() throws {
        try write([1, -2.5, 0])
        let checkpoint = try Checkpoint.load(path)
        #expect(checkpoint.names == ["step", "weight", "note"])
        #expect(try checkpoint.integer("step") == .max - 1)
        #expect(try copiedFloats(checkpoint, "weight", count: 3) == [1, -2.5, 0])
        #expect(try checkpoint.bytes("note") == Array("ζ".utf8))
    }

    @Test("numbers that are not finite are named with their place")
    func notFinite() throws {
        try write()
        let checkpoint = try Checkpoint.load(path)
        #expect(
            throws: RunError.checkpointSection(
                path: path, name: "weight", found: "inf at 2", expected: "finite numbers")
        ) { try copiedFloats(checkpoint, "weight", count: 3) }
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
        ) { try copiedFloats(checkpoint, "weight", count: 4) }
        #expect(
            throws: RunError.checkpointSection(
                path: path, name: "bias", found: "missing", expected: "an array of numbers of 4 bytes")
        ) { try copiedFloats(checkpoint, "bias", count: 1) }
    }

    @Test("a number that counts nothing is refused with the greatest that does")
    func wrongCount() throws {
        try write()
        let checkpoint = try Checkpoint.load(path)
        #expect(
            throws: RunError.checkpointSection(
                path: path, name: "step", found: "\(UInt64.max - 1)",
                expected: "a count of at most 9007199254740992")
        ) { try checkpoint.count("step") }
    }

    @Test("the state of a random source is read, unless it is zeros")
    func randomState() throws {
        for first in [UInt64(0), 7] {
            let writer = try CheckpointWriter(path: path)
            for (index, word) in [first, 0, 0, 0].enumerated() {
                try writer.add("random.\(index)", integer: word)
            }
            try writer.finish()
            let checkpoint = try Checkpoint.load(path)
            if first == 0 {
                #expect(throws: RunError.self) { try checkpoint.randomSource("random") }
            } else {
                #expect(try checkpoint.randomSource("random").state == (7, 0, 0, 0))
            }
        }
    }

    @Test(
        "damage under a right checksum gives a checkpoint or an error",
        arguments: 0..<UInt64(Rounds.count(100, full: 500)))
    func damageUnderSeal(seed: UInt64) throws {
        try write()
        var random = SeededRandom(seed: seed)
        var content = folder.read("checkpoint").dropLast(4) as ArraySlice
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            content[Int.random(in: content.indices, using: &random)] = UInt8.random(
                in: 0...255, using: &random)
        }
        content = content.prefix(Int.random(in: 1...content.count, using: &random))
        let sealed = content + CheckpointFormat.littleEndian(CheckpointFormat.checksum(content))
        do throws(RunError) {
            let checkpoint = try Checkpoint(Array(sealed), path: path)
            for name in checkpoint.names { _ = try? checkpoint.bytes(name) }
        } catch {
            #expect(!error.description.isEmpty, "seed \(seed)")
        }
    }

    @Test("every cut, flipped bit and addition is noticed")
    func corruption() throws {
        try write()
        let whole = folder.read("checkpoint")
        for size in whole.indices {
            #expect(throws: RunError.self, "cut at \(size)") {
                try Checkpoint(Array(whole[..<size]), path: path)
            }
            for bit in 0..<8 {
                var flipped = whole
                flipped[size] ^= 1 << bit
                #expect(throws: RunError.self, "byte \(size), bit \(bit)") {
                    try Checkpoint(flipped, path: path)
                }
            }
        }
        #expect(throws: RunError.self) { try Checkpoint(whole + [0], path: path) }
    }

    @Test("a file that is not finished leaves the one before as it was, and nothing else")
    func unfinished() throws {
        try write()
        let before = folder.read("checkpoint")
        do {
            let writer = try CheckpointWriter(path: path)
            try writer.add("step", integer: 7)
        }
        #expect(folder.read("checkpoint") == before)
        #expect(folder.names() == ["checkpoint"])
    }
}
