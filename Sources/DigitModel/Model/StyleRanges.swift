/// The styles that a model can draw each digit in: for each measure, the values that nearly all of its hands can have.
package struct StyleRanges: Equatable, Sendable {
    /// Slant, thickness and width, as the first entries of the latent; see `StyleMeasure` for their units.
    package static let measureCount = 3

    /// For each digit of the manifest's `classes`, one of each measure.
    package var ranges: [[ClosedRange<Int32>]]

    /// - Parameter ranges: at least one digit's, of `measureCount` each.
    package init(_ ranges: [[ClosedRange<Int32>]]) {
        precondition(!ranges.isEmpty && ranges.allSatisfy { $0.count == Self.measureCount })
        self.ranges = ranges
    }
}

extension StyleRanges {
    /// The rule for its text in a bundle, for errors.
    static let expectation =
        "for each digit six whole numbers, the first and last of three ranges, with commas between them and semicolons "
        + "between digits"

    /// As a bundle holds it: `-1890,3870,690,2700,420,1350;…`.
    var text: String {
        ranges.map { digit in
            digit.flatMap { ["\($0.lowerBound)", "\($0.upperBound)"] }.joined(separator: ",")
        }.joined(separator: ";")
    }

    /// Nil for what is no such text.
    ///
    /// - Parameter digits: how many there must be.
    init?(_ text: String, digits count: Int) {
        let digits = text.split(separator: ";", omittingEmptySubsequences: false)
        guard count > 0, digits.count == count else { return nil }
        var ranges: [[ClosedRange<Int32>]] = []
        for digit in digits {
            let numbers = digit.split(separator: ",", omittingEmptySubsequences: false).compactMap {
                Int32($0)
            }
            guard numbers.count == 2 * Self.measureCount else { return nil }
            let bounds = stride(from: 0, to: numbers.count, by: 2).map { (numbers[$0], numbers[$0 + 1]) }
            guard bounds.allSatisfy({ $0.0 <= $0.1 }) else { return nil }
            ranges.append(bounds.map { $0.0...$0.1 })
        }
        self.init(ranges)
        guard self.text == text else { return nil }
    }
}
