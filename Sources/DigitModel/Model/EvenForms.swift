/// Which of a model's first candidates show the forms of each digit evenly: drawn from these, a rare form of a digit is
/// as common as any other.
///
/// A candidate is a latent with a number; `LatentSampler` draws them.
package struct EvenForms: Equatable, Sendable {
    /// Candidates have the numbers 0 ..< `candidateCount`.
    package static let candidateCount = 8_192
    private static let wordCount = candidateCount / 64

    /// The digits that have forms, in rising order.
    package let digits: [UInt8]
    /// For each of them, `wordCount` words; bit b of word w is that of candidate 64·w + b.
    private let words: [UInt64]
    /// For each of them, the number of its candidates.
    private let counts: [Int]

    /// - Parameters:
    ///   - candidates: for each digit, the numbers of its candidates: at least one, in any order.
    ///   - digits: as `Manifest.classes`.
    package init(_ candidates: [[Int]], digits: [UInt8]) {
        precondition(candidates.count == digits.count && candidates.allSatisfy { !$0.isEmpty })
        var words = [UInt64](repeating: 0, count: candidates.count * Self.wordCount)
        for (digit, numbers) in candidates.enumerated() {
            for number in numbers {
                precondition((0..<Self.candidateCount).contains(number))
                words[digit * Self.wordCount + number / 64] |= 1 << (number % 64)
            }
        }
        self.init(words: words, digits: digits)
    }

    private init(words: [UInt64], digits: [UInt8]) {
        (self.words, self.digits) = (words, digits)
        counts = (0..<words.count / Self.wordCount).map { digit in
            words[digit * Self.wordCount..<(digit + 1) * Self.wordCount].reduce(0) { $0 + $1.nonzeroBitCount }
        }
    }

    /// A candidate of a digit, all as probable; nil for a digit without forms.
    ///
    /// - Parameter word: a random one.
    package func candidate(ofDigit digit: UInt8, _ word: UInt32) -> Int? {
        guard let row = digits.firstIndex(of: digit) else { return nil }
        var rest = (UInt64(word) * UInt64(counts[row])) >> 32
        var place = row * Self.wordCount
        while rest >= words[place].nonzeroBitCount {
            rest -= UInt64(words[place].nonzeroBitCount)
            place += 1
        }
        var bits = words[place]
        for _ in 0..<rest { bits &= bits - 1 }
        return place % Self.wordCount * 64 + bits.trailingZeroBitCount
    }
}

extension EvenForms {
    /// The rule for its text in a bundle, for errors.
    static let expectation =
        "for each digit \(candidateCount / 4) lower-case hexadecimal digits, not all 0, with semicolons between digits"

    /// As a bundle holds it: for each digit a hexadecimal digit for four candidates, the first of them its lowest bit.
    var text: String {
        let alphabet = Array("0123456789abcdef".utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(words.count * 16 + counts.count)
        for (place, word) in words.enumerated() {
            if place > 0, place % Self.wordCount == 0 { bytes.append(UInt8(ascii: ";")) }
            for nibble in 0..<16 { bytes.append(alphabet[Int(word >> (4 * nibble) & 15)]) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Nil for what is no such text.
    ///
    /// - Parameter digits: those that it must be of.
    init?(_ text: String, digits: [UInt8]) {
        let rows = text.utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        guard !digits.isEmpty, rows.count == digits.count else { return nil }
        var words: [UInt64] = []
        words.reserveCapacity(digits.count * Self.wordCount)
        for row in rows {
            guard row.count == Self.candidateCount / 4 else { return nil }
            var (word, bits) = (UInt64(0), 0)
            for byte in row {
                guard let value = Self.hexadecimal(byte) else { return nil }
                word |= value << bits
                bits += 4
                guard bits == 64 else { continue }
                words.append(word)
                (word, bits) = (0, 0)
            }
        }
        self.init(words: words, digits: digits)
        guard counts.allSatisfy({ $0 > 0 }) else { return nil }
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
        default: nil
        }
    }
}
