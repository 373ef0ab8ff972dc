import DigitFields

/// The division of a data set into parts for training, validation and test, which share no seed and no hand.
package struct Split: Equatable, Sendable, CustomStringConvertible {
    /// The names of the parts, as far as there are any.
    private static let names = ["train", "val", "test"]
    /// Shares are in thousandths.
    private static let whole = 1000

    /// The shares with as few decimals as they need: the same however they were written.
    package let description: String
    /// The names of the parts.
    package let parts: [String]
    /// Of every so many examples, the place of each part's first.
    private let starts: [Int]

    /// Reads shares such as "0.8,0.1,0.1" or "0.9,0.1": two or three numbers with up to three decimals that add up to
    /// 1. Nil for anything else.
    package init?(_ text: String) {
        let shares = text.split(separator: ",", omittingEmptySubsequences: false).map(Self.share)
        let known = shares.compactMap { $0 }
        guard (2...3).contains(shares.count), known.count == shares.count, known.allSatisfy({ $0 > 0 }),
            known.reduce(0, +) == Self.whole
        else { return nil }
        description = known.map(Self.text).joined(separator: ",")
        parts = Array(Self.names.prefix(known.count))
        var starts: [Int] = []
        var start = 0
        for share in known {
            starts.append(start)
            start += share
        }
        self.starts = starts
    }

    /// The part that example `index` belongs to. Of any 1,000 in a row, each part has exactly its share, and of fewer
    /// about as much: 381 / 1000 is near the golden section's square, so parts are spread evenly.
    package func part(of index: Int) -> Int {
        let place = index % Self.whole * 381 % Self.whole
        return (starts.lastIndex { $0 <= place }) ?? 0
    }

    /// The decimal of 1 to 999 thousandths.
    private static func text(_ share: Int) -> String {
        var digits = String(whole + share).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "0.\(digits)"
    }

    /// A decimal from 0 to 1 in thousandths.
    private static func share(_ text: Substring) -> Int? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "0" || parts[0].isEmpty, (1...3).contains(parts[1].utf8.count),
            parts[1].utf8.allSatisfy(\.isDigit)
        else { return nil }
        return Int(parts[1] + String(repeating: "0", count: 3 - parts[1].utf8.count))
    }
}
