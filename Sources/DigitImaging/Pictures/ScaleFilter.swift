/// How an image is made larger.
package enum ScaleFilter: String, CaseIterable, Sendable {
    /// Smooth strokes: cubic convolution with a = −½ (Keys 1981, "Cubic convolution interpolation for digital
    /// image processing"), also known as the Catmull-Rom spline.
    case smooth
    /// Every pixel becomes a square.
    case pixels

    /// `image`, `scale` times as wide and high.
    ///
    /// - Parameters:
    ///   - image: `size.pixelCount` shades, row by row.
    ///   - scale: at least 1; 1 changes nothing.
    func enlarge(_ image: ArraySlice<UInt8>, _ size: ImageStack.Size, by scale: Int) -> [UInt8] {
        guard scale > 1 else { return Array(image) }
        return switch self {
        case .smooth: CubicEnlargement(scale: scale).apply(to: image, size)
        case .pixels: Self.squares(image, size, scale)
        }
    }

    private static func squares(_ image: ArraySlice<UInt8>, _ size: ImageStack.Size, _ scale: Int) -> [UInt8]
    {
        var result: [UInt8] = []
        result.reserveCapacity(size.pixelCount * scale * scale)
        for start in stride(from: image.startIndex, to: image.endIndex, by: size.width) {
            let row = image[start..<start + size.width].flatMap { repeatElement($0, count: scale) }
            for _ in 0..<scale { result += row }
        }
        return result
    }
}

/// Cubic convolution by a whole factor, in integers: the same pixels on every processor.
private struct CubicEnlargement {
    private let scale: Int
    /// Weights of the four nearest pixels for each place within a pixel, in 1/`unit`.
    private let phases: [Phase]
    private let unit: Int

    private struct Phase {
        /// Of the first of the four, relative to the pixel.
        let first: Int
        let weights: [Int]
    }

    init(scale: Int) {
        self.scale = scale
        // Distances are multiples of 1/(2·scale), so their cubes, and halves of these, are of 1/(2·(2·scale)³).
        let step = 2 * scale
        unit = 2 * step * step * step
        phases = (0..<scale).map { place in
            // The new pixel's centre lies this far, in steps, from the old pixel's.
            let offset = 2 * place + 1 - scale
            let first = offset < 0 ? -2 : -1
            let fraction = offset < 0 ? offset + step : offset
            return Phase(first: first, weights: Self.weights(at: fraction, of: step))
        }
    }

    /// The four weights, in 1/(2·step³), at t = fraction/step between the second pixel and the third.
    private static func weights(at t: Int, of step: Int) -> [Int] {
        let (s1, s2, s3) = (step, step * step, step * step * step)
        let (t2, t3) = (t * t, t * t * t)
        return [
            -t3 + 2 * t2 * s1 - t * s2,
            3 * t3 - 5 * t2 * s1 + 2 * s3,
            -3 * t3 + 4 * t2 * s1 + t * s2,
            t3 - t2 * s1,
        ]
    }

    /// Rows first, then columns; beyond its border the image goes on as it ends there.
    func apply(to image: ArraySlice<UInt8>, _ size: ImageStack.Size) -> [UInt8] {
        let wide = enlargeRows(image.map(Int.init), width: size.width)
        let turned = Self.transposed(wide, width: size.width * scale)
        let both = enlargeRows(turned, width: size.height)
        let whole = unit * unit
        return Self.transposed(both, width: size.height * scale).map {
            UInt8(min(max(($0 + whole / 2) / whole, 0), 255))
        }
    }

    private func enlargeRows(_ values: [Int], width: Int) -> [Int] {
        var result: [Int] = []
        result.reserveCapacity(values.count * scale)
        for row in stride(from: 0, to: values.count, by: width) {
            for x in 0..<width {
                for phase in phases {
                    var sum = 0
                    for (tap, weight) in phase.weights.enumerated() {
                        sum += weight * values[row + min(max(x + phase.first + tap, 0), width - 1)]
                    }
                    result.append(sum)
                }
            }
        }
        return result
    }

    private static func transposed(_ values: [Int], width: Int) -> [Int] {
        let height = values.count / width
        return (0..<width).flatMap { x in (0..<height).map { values[$0 * width + x] } }
    }
}
