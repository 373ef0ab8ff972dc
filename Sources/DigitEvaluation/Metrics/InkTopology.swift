import DigitModel
import DigitTraining

/// Whether the ink of digits hangs together and has the holes that it should have: specks and broken strokes are
/// visible in large pictures, and hidden by the preprocessing of small ones.
package struct InkTopology: Sendable, Equatable {
    /// The part of the digits whose ink is one piece, with eight neighbours a pixel.
    package var onePieceShare: Double
    /// The part of the digits with as many holes as their labels ask for: pieces of paper, with four neighbours a
    /// pixel, that do not reach the edge. Nil for digits without labels.
    package var rightHolesShare: Double?

    /// Square bitmaps, one after the other.
    package struct Bitmaps: Sendable {
        /// Pixels along a side.
        package var side: Int
        /// Positive where there is ink.
        package var values: [Float]

        /// Bitmaps of a generator's ink.
        package init(side: Int, values: [Float]) {
            precondition(values.count % (side * side) == 0)
            self.side = side
            self.values = values
        }

        /// Images of MNIST's size; ink is from the middle of the levels up.
        package init(pixels: [UInt8]) {
            self.init(side: ImageSize.mnist.height, values: pixels.map { Float($0) - 127.5 })
        }

        var count: Int { values.count / (side * side) }
    }

    init(onePieceShare: Double, rightHolesShare: Double?) {
        self.onePieceShare = onePieceShare
        self.rightHolesShare = rightHolesShare
    }

    /// - Parameters:
    ///   - ink: at least one bitmap.
    ///   - labels: as many, or nil.
    package init(of ink: Bitmaps, labels: [UInt8]?) {
        precondition(ink.count > 0 && labels.map { $0.count == ink.count } ?? true)
        var (whole, right) = (0, 0)
        ink.values.withUnsafeBufferPointer { values in
            for index in 0..<ink.count {
                let pieces = Pieces(values.baseAddress! + index * ink.side * ink.side, side: ink.side)
                if pieces.ink.count == 1 { whole += 1 }
                if let labels, InkTopology.holes[Int(labels[index])].contains(pieces.holeCount) { right += 1 }
            }
        }
        onePieceShare = Double(whole) / Double(ink.count)
        rightHolesShare = labels.map { _ in Double(right) / Double(ink.count) }
    }

    /// The holes of each digit. People close a 4 or leave it open.
    private static let holes: [ClosedRange<Int>] = [
        1...1, 0...0, 0...0, 0...0, 0...1, 0...0, 1...1, 0...0, 2...2, 1...1,
    ]
}

extension Pieces {
    /// Pieces of paper that ink encloses.
    fileprivate var holeCount: Int { areas.count - ink.count - reachedPaperCount }

    /// Pieces of paper that reach the picture's edge.
    private var reachedPaperCount: Int {
        let inks = Set(ink)
        return areas.indices.count { reachesEdge[$0] && !inks.contains($0) }
    }
}
