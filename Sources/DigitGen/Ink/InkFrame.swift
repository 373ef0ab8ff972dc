/// The square of a field that a picture of it shows, placed as MNIST's preprocessing places a digit: the longer side of
/// the ink's box takes 20/28 of the picture, and the centre of mass is in the middle, unless the box's square would
/// then leave the picture.
///
/// Box and centre are those of the finished picture of 28 × 28: of the ink on the field enlarged twice, in half pixels
/// of the field. The outline goes beyond the box by less than half a pixel. MNIST moves its ink by whole pixels, which
/// leaves the centre up to one right of the middle and below it; a frame does not round.
struct InkFrame {
    /// Positions in the field.
    let left: Int64
    let top: Int64
    /// The longer side of the ink's box, in half pixels of the field.
    private let boxSide: Int64

    /// The frame that shows the field itself: 7/10 of its `boxSide` are all half pixels of the field's side.
    static let field = InkFrame(left: 0, top: 0, boxSide: Int64(2 * InkField.side) * 10 / 14)

    private init(left: Int64, top: Int64, boxSide: Int64) {
        (self.left, self.top, self.boxSide) = (left, top, boxSide)
    }

    /// Nil without ink.
    init?(_ field: InkField) {
        guard let (columns, rows) = Self.extents(of: field) else { return nil }
        boxSide = max(columns.length, rows.length)
        left = columns.start(boxSide: boxSide)
        top = rows.start(boxSide: boxSide)
    }

    /// The distance of the first `steps` of `count` equal steps across the picture, which is 7/10 of `boxSide` pixels
    /// of the field.
    func distance(_ steps: Int, of count: Int) -> Int64 {
        (7 * boxSide * InkField.unit * Int64(steps) + 5 * Int64(count)) / (10 * Int64(count))
    }

    /// The number of equal steps, of which `count` cross the picture, that is nearest to a distance from its edge.
    func step(at distance: Int64, of count: Int) -> Int {
        let whole = 7 * boxSide * InkField.unit
        let doubled = 20 * distance * Int64(count) + whole
        let quotient = doubled / (2 * whole)
        return Int(doubled < 0 && quotient * 2 * whole != doubled ? quotient - 1 : quotient)
    }

    /// The smallest number of steps across a picture of which `count` make a pixel of the field.
    func steps(count: Int) -> Int { (7 * Int(boxSide) * count + 9) / 10 }

    /// The ink in one direction, in half pixels of the field.
    private struct Extent {
        var first = Int64.max
        var last = Int64.min
        var count: Int64 = 0
        /// Of the ink's centres, in quarters of a pixel.
        var moment: Int64 = 0

        var length: Int64 { last - first + 1 }

        mutating func add(_ place: Int) {
            let place = Int64(place)
            first = min(first, place)
            last = max(last, place)
            count += 1
            moment += 2 * place + 1
        }

        /// The position at which the frame begins.
        func start(boxSide: Int64) -> Int64 {
            let unit = InkField.unit
            // From the centre of mass, half a frame back.
            let wanted = (5 * moment - 7 * boxSide * count) * unit / (20 * count)
            // In quarters: where the box's square begins. The frame is 1.4 times as wide.
            let square = (2 * first - (boxSide - length)) * unit / 4
            return min(max(wanted, square - boxSide * unit / 5), square)
        }
    }

    private static func extents(of field: InkField) -> (columns: Extent, rows: Extent)? {
        let places = (0..<2 * InkField.side).map { SplinePlace(Int64(2 * $0 + 1) * InkField.unit / 4) }
        var (columns, rows) = (Extent(), Extent())
        withUnsafeTemporaryAllocation(of: Int64.self, capacity: InkField.side) { buffer in
            guard let line = buffer.baseAddress else { return }
            for (y, row) in places.enumerated() {
                field.interpolate(at: row, into: line)
                for (x, column) in places.enumerated() where column.value(line) > 0 {
                    columns.add(x)
                    rows.add(y)
                }
            }
        }
        return columns.count > 0 ? (columns, rows) : nil
    }
}
