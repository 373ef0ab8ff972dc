/// Draws a digit's field into a rectangle of a canvas, in integers: quadratic B-splines in one direction, then in the
/// other. A point is ink if the result is positive.
struct DigitRaster {
    /// The field's numbers are below 2^14 in magnitude, so that sums of three weighted ones fit into 32 bits.
    static let fieldBits = 14
    /// Positions in the field are in 1/128 of a pixel.
    private static let unit = 128
    /// Weights add up to 2^15.
    private static let weightBits = 15

    /// A position between numbers: the pixel of the field that it lies in, and the weights of the pixel before, of that
    /// one and of the one after.
    private struct Place {
        let pixel: Int
        let weights: SIMD3<Int16>

        /// Nil beyond the field's edge, where there is paper.
        init?(_ position: Int) {
            guard position >= 0, position < DigitRaster.side * DigitRaster.unit else { return nil }
            let (pixel, t) = position.quotientAndRemainder(dividingBy: DigitRaster.unit)
            let (unit, rest) = (DigitRaster.unit, DigitRaster.unit - t)
            self.pixel = pixel
            weights = SIMD3(Int16(rest * rest), Int16(unit * unit + 2 * t * rest), Int16(t * t))
        }
    }

    /// The places of the points across, in runs that lie in one pixel of the field each.
    private struct Places {
        /// The pixel of a run, nil beyond the field, and its first point.
        private(set) var runs: [(pixel: Int?, start: Int)] = []
        /// [3][count + 8]: a run is computed in steps of eight points, and goes beyond its end.
        private(set) var weights: [Int16]
        let count: Int

        var stride: Int { count + 8 }

        init(_ span: Span, first: Int, count: Int) {
            self.count = count
            weights = [Int16](repeating: 0, count: 3 * (count + 8))
            for index in 0..<count {
                let place = Place(span.position(first + index))
                if runs.last.map({ $0.pixel != place?.pixel }) ?? true { runs.append((place?.pixel, index)) }
                guard let place else { continue }
                for part in 0..<3 { weights[part * stride + index] = place.weights[part] }
            }
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
        let places = Places(across, first: columns.lowerBound * perPixel, count: count)
        // The field's rows that can be seen, and one beyond at each end: there the edge is repeated.
        let first = max(down.first / 2 - 2, 0)
        let last = min((down.first + down.count) / 2 + 2, side - 1)
        return withUnsafeTemporaryAllocation(of: Int16.self, capacity: (side + 2) * count + 8) { lines in
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

    /// Writes a line of the field at the places to `target`, and up to seven numbers more.
    private static func interpolate(
        _ line: UnsafePointer<Int16>, _ places: Places, into target: UnsafeMutablePointer<Int16>
    ) {
        let half = SIMD8<Int32>(repeating: 1 << Int32(weightBits - 1))
        let bits = SIMD8<Int32>(repeating: Int32(weightBits))
        places.weights.withUnsafeBufferPointer { weights in
            guard let weights = weights.baseAddress else { return }
            for (number, run) in places.runs.enumerated() {
                let end = number + 1 < places.runs.count ? places.runs[number + 1].start : places.count
                guard let pixel = run.pixel else {
                    (target + run.start).update(repeating: paper, count: end - run.start)
                    continue
                }
                let before = wide(SIMD8(repeating: line[max(pixel - 1, 0)]))
                let here = wide(SIMD8(repeating: line[pixel]))
                let after = wide(SIMD8(repeating: line[min(pixel + 1, side - 1)]))
                for point in stride(from: run.start, to: end, by: 8) {
                    let weights = weights + point
                    let sum =
                        wide(load(weights)) &* before &+ wide(load(weights + places.stride)) &* here
                        &+ wide(load(weights + 2 * places.stride)) &* after
                    let values = SIMD8<Int16>(truncatingIfNeeded: (sum &+ half) &>> bits)
                    UnsafeMutableRawPointer(target + point).storeBytes(of: values, as: SIMD8<Int16>.self)
                }
            }
        }
    }

    /// A number of a field where there is none.
    private static let paper: Int16 = -(1 << 13)

    /// Writes what is known of each byte between a line, the next and the one after.
    private static func summarize(
        _ lines: UnsafePointer<Int16>, count: Int, into contents: UnsafeMutablePointer<Content>
    ) {
        // All bits of what is positive.
        func positive(_ values: SIMD8<Int16>) -> SIMD2<UInt64> {
            unsafeBitCast((SIMD8(repeating: 0) &- values) &>> SIMD8(repeating: 15), to: SIMD2<UInt64>.self)
        }
        for byte in 0..<count / 8 {
            let line = lines + byte * 8
            let (first, second, third) = (
                positive(load(line)), positive(load(line + count)), positive(load(line + 2 * count))
            )
            let (any, all) = (first | second | third, first & second & third)
            contents[byte] = any[0] | any[1] == 0 ? .paper : all[0] & all[1] == .max ? .ink : .mixed
        }
    }

    @inline(__always)
    private static func wide(_ values: SIMD8<Int16>) -> SIMD8<Int32> { SIMD8(truncatingIfNeeded: values) }

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
        let first = wide(SIMD8(repeating: place.weights[0]))
        let middle = wide(SIMD8(repeating: place.weights[1]))
        let last = wide(SIMD8(repeating: place.weights[2]))
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
