/// Draws a digit's field into a rectangle of a canvas, in integers: quadratic B-splines in one direction, then in the
/// other. A point is ink if the result is positive.
struct DigitRaster {
    /// The field's numbers are below 2^14 in magnitude, so that sums of three weighted ones fit into 32 bits.
    static let fieldBits = 14
    /// Positions in the field are in 1/128 of a pixel.
    private static let unit = 128
    /// Weights add up to 2^15.
    private static let weightBits = 15

    /// A position between numbers: the pixel that it lies in and its neighbours, and their weights.
    private struct Place {
        let before: Int
        let pixel: Int
        let after: Int
        let weights: (Int32, Int32, Int32)
        /// Added to the weighted sum.
        let outside: Int32

        /// Beyond the field's edge.
        static let paper = Place()

        private init() {
            (before, pixel, after) = (0, 0, 0)
            weights = (0, 0, 0)
            outside = -(1 << 28)
        }

        /// Nil beyond the field's edge, where there is paper.
        init?(_ position: Int) {
            guard position >= 0, position < DigitRaster.side * DigitRaster.unit else { return nil }
            let (pixel, t) = position.quotientAndRemainder(dividingBy: DigitRaster.unit)
            let (unit, rest) = (DigitRaster.unit, DigitRaster.unit - t)
            self.pixel = pixel
            (before, after) = (max(pixel - 1, 0), min(pixel + 1, DigitRaster.side - 1))
            weights = (Int32(rest * rest), Int32(unit * unit + 2 * t * rest), Int32(t * t))
            outside = 0
        }
    }

    /// A range of the field, in half pixels, that takes `points` points of the canvas from `start` on.
    struct Span {
        var start: Int
        var points: Int
        var first: Int
        var count: Int

        /// The position of a point's centre in the field.
        fileprivate func position(_ point: Int) -> Int {
            let distance = (2 * (point - start) + 1) * count * DigitRaster.unit
            return first * DigitRaster.unit / 2 + DigitRaster.quotient(distance, 4 * points)
        }

        /// The points that the range and the half pixels beside it take.
        var extent: Range<Int> {
            let beyond = points / count + 1
            return start - beyond..<start + points + beyond
        }
    }

    /// The quotient, rounded down.
    private static func quotient(_ dividend: Int, _ divisor: Int) -> Int {
        let quotient = dividend / divisor
        return dividend < 0 && quotient * divisor != dividend ? quotient - 1 : quotient
    }

    /// Draws a field. Returns the box of its pixels; nil if no point is ink.
    ///
    /// - Parameters:
    ///   - field: [28][28], below 2^14 in magnitude.
    ///   - across: of the field's columns, in points of the canvas.
    ///   - down: of the field's rows, in rows of the canvas.
    static func draw(
        _ field: UnsafePointer<Int16>, across: Span, down: Span, on canvas: inout InkCanvas
    ) -> PixelBox? {
        let perPixel = InkCanvas.pointsPerPixel
        let extent = across.extent
        let columns = (quotient(extent.lowerBound, perPixel)..<quotient(extent.upperBound, perPixel) + 1)
            .clamped(to: 0..<canvas.width)
        guard !columns.isEmpty else { return nil }
        let count = columns.count * perPixel
        let places = (0..<count).map { Place(across.position(columns.lowerBound * perPixel + $0)) ?? .paper }
        // The field's rows that can be seen, and one beyond at each end: there the edge is repeated.
        let first = max(down.first / 2 - 2, 0)
        let last = min((down.first + down.count) / 2 + 2, side - 1)
        return withUnsafeTemporaryAllocation(of: Int16.self, capacity: (side + 2) * count) { lines in
            withUnsafeTemporaryAllocation(of: Content.self, capacity: side * columns.count) { contents in
                guard let lines = lines.baseAddress, let contents = contents.baseAddress else { return nil }
                for row in first...last {
                    interpolate(field + row * side, places, into: lines + (row + 1) * count)
                }
                (lines + first * count).update(from: lines + (first + 1) * count, count: count)
                (lines + (last + 2) * count).update(from: lines + (last + 1) * count, count: count)
                for row in first...last {
                    summarize(lines + row * count, count: count, into: contents + row * columns.count)
                }
                return canvas.add(rows: down.extent, columns: columns) { row, bytes in
                    guard let place = Place(down.position(row)), (first...last).contains(place.pixel) else {
                        return
                    }
                    mark(
                        lines + place.pixel * count, place, contents + place.pixel * columns.count,
                        count: count,
                        in: bytes)
                }
            }
        }
    }

    private static let side = DigitInk.side / 2

    /// What is known of the eight points of a byte between three lines of the field, without computing them: a point
    /// lies between the numbers above and below it.
    private enum Content: UInt8 {
        case paper, ink, mixed
    }

    /// Writes a line of the field at the places to `target`.
    private static func interpolate(
        _ line: UnsafePointer<Int16>, _ places: [Place], into target: UnsafeMutablePointer<Int16>
    ) {
        let half: Int32 = 1 << (weightBits - 1)
        places.withUnsafeBufferPointer { places in
            for index in places.indices {
                let place = places[index]
                let sum =
                    place.weights.0 * Int32(line[place.before]) + place.weights.1 * Int32(line[place.pixel])
                    + place.weights.2 * Int32(line[place.after]) + place.outside
                target[index] = Int16(truncatingIfNeeded: (sum + half) >> Int32(weightBits))
            }
        }
    }

    /// Writes what is known of each byte between a line, the next and the one after.
    private static func summarize(
        _ lines: UnsafePointer<Int16>, count: Int, into contents: UnsafeMutablePointer<Content>
    ) {
        for byte in 0..<count / 8 {
            let (first, second, third) = (
                load(lines + byte * 8), load(lines + byte * 8 + count), load(lines + byte * 8 + 2 * count)
            )
            let greatest = pointwiseMax(pointwiseMax(first, second), third).max()
            let least = pointwiseMin(pointwiseMin(first, second), third).min()
            contents[byte] = greatest <= 0 ? .paper : least > 0 ? .ink : .mixed
        }
    }

    @inline(__always)
    private static func load(_ pointer: UnsafePointer<Int16>) -> SIMD8<Int16> {
        UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<Int16>.self)
    }

    /// Marks the points of a row that are ink: three lines of `count` numbers, weighted.
    @inline(__always)
    private static func mark(
        _ lines: UnsafePointer<Int16>, _ place: Place, _ contents: UnsafePointer<Content>, count: Int,
        in bytes: UnsafeMutablePointer<UInt8>
    ) {
        func wide(_ values: SIMD8<Int16>) -> SIMD8<Int32> { SIMD8(truncatingIfNeeded: values) }
        let first = wide(SIMD8(repeating: Int16(truncatingIfNeeded: place.weights.0)))
        let middle = wide(SIMD8(repeating: Int16(truncatingIfNeeded: place.weights.1)))
        let last = wide(SIMD8(repeating: Int16(truncatingIfNeeded: place.weights.2)))
        let points = SIMD8<Int32>(1, 2, 4, 8, 16, 32, 64, 128)
        for byte in 0..<count / 8 {
            switch contents[byte] {
            case .paper: continue
            case .ink: bytes[byte] = 255
            case .mixed:
                let line = lines + byte * 8
                let sum =
                    first &* wide(load(line)) &+ middle &* wide(load(line + count))
                    &+ last &* wide(load(line + 2 * count))
                // All bits of what is positive.
                let isInk = (SIMD8(repeating: 0) &- sum) &>> SIMD8(repeating: 31)
                bytes[byte] = UInt8(truncatingIfNeeded: (isInk & points).wrappedSum())
            }
        }
    }
}
