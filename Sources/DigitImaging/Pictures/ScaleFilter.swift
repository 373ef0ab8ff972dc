/// The way to enlarge an image.
package enum ScaleFilter: String, CaseIterable, Sendable {
    /// Smooth strokes: cubic convolution with a = −½ (Keys 1981, "Cubic convolution interpolation for digital
    /// image processing"), also known as the Catmull-Rom spline.
    case smooth
    /// Every pixel becomes a square.
    case pixels

    /// Gives `body` the rows of `image`, `scale` times as wide and high, from the top.
    ///
    /// - Parameters:
    ///   - image: `size.pixelCount` shades, row by row.
    ///   - scale: at least 1; 1 changes nothing.
    func enlarge(
        _ image: ArraySlice<UInt8>, _ size: ImageStack.Size, by scale: Int,
        row body: (_ row: ArraySlice<UInt8>) -> Void
    ) {
        guard self == .pixels || scale == 1 else {
            return CubicEnlargement(scale: scale).apply(to: image, size, body)
        }
        for start in stride(from: image.startIndex, to: image.endIndex, by: size.width) {
            var row = image[start..<start + size.width]
            if scale > 1 { row = row.flatMap { repeatElement($0, count: scale) }[...] }
            for _ in 0..<scale { body(row) }
        }
    }
}

/// Cubic convolution by a whole factor, in integers: the same pixels on every processor.
private struct CubicEnlargement {
    private let scale: Int
    /// The sum of the weights of a place.
    private let unit: Int

    /// A new pixel's place between the old ones of a row or column.
    private struct Place {
        /// The four nearest; beyond its border an image goes on as it ends there.
        let pixels: SIMD4<Int>
        /// Theirs, in 1/`unit`.
        let weights: SIMD4<Int>

        func sum(_ value: (_ pixel: Int) -> Int) -> Int {
            weights[0] * value(pixels[0]) + weights[1] * value(pixels[1]) + weights[2] * value(pixels[2])
                + weights[3] * value(pixels[3])
        }
    }

    init(scale: Int) {
        self.scale = scale
        // Distances are multiples of 1/(2·scale), so their cubes, and halves of these, are of 1/(2·(2·scale)³).
        let step = 2 * scale
        unit = 2 * step * step * step
    }

    /// A row at a time: old rows make one of their length by its place between them, which is then made longer.
    func apply(
        to image: ArraySlice<UInt8>, _ size: ImageStack.Size, _ body: (_ row: ArraySlice<UInt8>) -> Void
    ) {
        let (columns, rows) = (places(among: size.width), places(among: size.height))
        let values = image.map(Int.init)
        let whole = unit * unit
        var short = [Int](repeating: 0, count: size.width)
        var row = [UInt8](repeating: 0, count: columns.count)
        for place in rows {
            for x in short.indices { short[x] = place.sum { values[$0 * size.width + x] } }
            for (x, place) in columns.enumerated() {
                row[x] = UInt8(min(max((place.sum { short[$0] } + whole / 2) / whole, 0), 255))
            }
            body(row[...])
        }
    }

    /// The places of all new pixels of a row or column of `count` old ones.
    private func places(among count: Int) -> [Place] {
        let step = 2 * scale
        return (0..<count * scale).map { new in
            let (old, part) = new.quotientAndRemainder(dividingBy: scale)
            // The new pixel's centre lies this far, in steps, from the old pixel's.
            let offset = 2 * part + 1 - scale
            let first = old + (offset < 0 ? -2 : -1)
            return Place(
                pixels: (SIMD4(0, 1, 2, 3) &+ SIMD4(repeating: first)).clamped(
                    lowerBound: SIMD4(repeating: 0), upperBound: SIMD4(repeating: count - 1)),
                weights: Self.weights(at: offset < 0 ? offset + step : offset, of: step))
        }
    }

    /// The four weights, in 1/(2·step³), at t = fraction/step between the second pixel and the third.
    private static func weights(at t: Int, of step: Int) -> SIMD4<Int> {
        let (s1, s2, s3) = (step, step * step, step * step * step)
        let (t2, t3) = (t * t, t * t * t)
        return SIMD4(
            -t3 + 2 * t2 * s1 - t * s2,
            3 * t3 - 5 * t2 * s1 + 2 * s3,
            -3 * t3 + 4 * t2 * s1 + t * s2,
            t3 - t2 * s1)
    }
}
