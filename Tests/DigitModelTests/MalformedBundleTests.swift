import Platform
import Testing

@testable import DigitModel

@Suite("A malformed bundle")
struct MalformedBundleTests {
    static let corpus =
        MalformedFrames.all + MalformedHeaders.all + MalformedTensors.all + MalformedMetadata.all
        + MalformedArchitectures.all + MalformedNumbers.all

    @Test("is refused with the error that says what is wrong", arguments: corpus)
    func refusal(malformed: Malformed) {
        #expect(throws: malformed.error) { try Bundle(compressed: malformed.bytes) }
    }

    @Test("has an error of one printable ASCII line", arguments: corpus)
    func description(malformed: Malformed) {
        let text = malformed.error.description
        #expect(text.utf8.allSatisfy { (0x20..<0x7F).contains($0) }, "\(text)")
        #expect(text.contains("expected"))
        #expect(text.utf8.count < 400)
    }

    @Test("is what the corpus has at least eighty of, all different")
    func corpusSize() {
        #expect(Self.corpus.count >= 80)
        #expect(Set(Self.corpus.map(\.bytes)).count == Self.corpus.count)
        #expect(Set(Self.corpus.map(\.name)).count == Self.corpus.count)
    }

    @Test("differs from a good one by more than the tests' own way of writing frames")
    func rawFrame() throws {
        let bundle = try Bundle(compressed: Frame(content: Sample.file).bytes)
        #expect(bundle.model == Sample.smallModel)
    }
}
