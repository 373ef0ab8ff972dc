import DigitGen
import TestSupport
import Testing

@testable import DigitService

@Suite("Batches")
struct BatchTests {
    /// The number of equal lines that fill a batch.
    private func count(filling line: String) throws -> Int {
        var registry = ModelRegistry(own: try DigitGenerator(bytes: SampleBundle.encodedInk()))
        var batch = Batch()
        let bytes = Array(line.utf8)
        while !batch.isFull {
            batch.append(RequestLine(bytes[...]), byteCount: bytes.count, registry: &registry)
        }
        return batch.entries.count
    }

    @Test("wide, spaced and high lines fill a batch sooner, so that its pictures fit into memory")
    func pixels() throws {
        #expect(try count(filling: #"{"text":"1","height":28}"#) == 1024)
        #expect(try count(filling: #"{"text":"1","height":28,"across":65536}"#) == 1)
        #expect(try count(filling: #"{"text":"1","height":28,"across":2800}"#) == 11)
        #expect(try count(filling: #"{"text":"1","height":28,"spacing":200}"#) < 512)
        #expect(try count(filling: #"{"text":"1","height":1024}"#) == 1)
    }
}
