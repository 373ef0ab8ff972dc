import DigitModel

/// The style of a finished digit, measured on its levels.
package struct StyleMeasures: Equatable, Sendable {
    /// The tangent of the slant: of a stroke's lean from the vertical, positive to the right. With the central second
    /// moments μ of the ink, y downwards, it is −μ₁₁ / μ₀₂.
    package var slant: Float
    /// The mean width of the pen's stroke in pixels: twice the ink over the length of its outline, which is the total
    /// variation of the levels (one for full ink).
    package var thickness: Float
    /// Width over height of the ink's box; a first or last row or column counts for as much as its greatest level.
    package var width: Float

    /// The number of measures.
    package static let count = StyleRanges.measureCount

    package init(slant: Float, thickness: Float, width: Float) {
        self.slant = slant
        self.thickness = thickness
        self.width = width
    }

    /// The measures in the order of a latent's style coordinates.
    package var values: [Float] { [slant, thickness, width] }

    /// Measures an image's levels, 0…1; all measures of an empty picture are 0.
    init(levels: UnsafePointer<Float>) {
        let moments = InkMoments(levels)
        self.init(
            slant: moments.slant, thickness: moments.area > 0 ? 2 * moments.area / outline(levels) : 0,
            width: StyleMeasures.boxRatio(levels))
    }

    /// Measures an image's pixels, 0…255.
    package init(pixels: some Sequence<UInt8>) {
        let levels = pixels.map { Float($0) / 255 }
        precondition(levels.count == side * side)
        self = levels.withUnsafeBufferPointer { levels in
            guard let base = levels.baseAddress else { preconditionFailure("no pixels") }
            return StyleMeasures(levels: base)
        }
    }

    private static func boxRatio(_ levels: UnsafePointer<Float>) -> Float {
        let rows = (0..<side).map { row in (0..<side).reduce(0) { max($0, levels[row * side + $1]) } }
        let columns = (0..<side).map { column in (0..<side).reduce(0) { max($0, levels[$1 * side + column]) }
        }
        let height = extent(rows)
        return height > 0 ? extent(columns) / height : 0
    }

    /// The distance from the first level above 0 to the last one, each of the two weighted by its level.
    private static func extent(_ profile: [Float]) -> Float {
        guard let first = profile.firstIndex(where: { $0 > 0 }),
            let last = profile.lastIndex(where: { $0 > 0 })
        else { return 0 }
        guard last > first else { return profile[first] }
        return Float(last - first - 1) + profile[first] + profile[last]
    }
}

/// The number of pixels along a side of a picture.
private let side = ImageSize.mnist.width

/// The ink's area and second moments about its centre of mass.
struct InkMoments {
    private(set) var area: Float = 0
    private(set) var centreX: Float = 0
    private(set) var centreY: Float = 0
    /// Σ p (x − x̄)(y − ȳ) and Σ p (y − ȳ)².
    private(set) var mixed: Float = 0
    private(set) var vertical: Float = 0

    /// Keeps quotients finite for a digit that is one row high.
    private static let smallest: Float = 1

    init(_ levels: UnsafePointer<Float>) {
        for y in 0..<side {
            for x in 0..<side {
                let level = levels[y * side + x]
                area += level
                centreX += level * Float(x)
                centreY += level * Float(y)
            }
        }
        guard area > 0 else { return }
        centreX /= area
        centreY /= area
        for y in 0..<side {
            let dy = Float(y) - centreY
            for x in 0..<side {
                let moment = levels[y * side + x] * dy
                mixed += moment * (Float(x) - centreX)
                vertical += moment * dy
            }
        }
    }

    var slant: Float { -mixed / (vertical + Self.smallest) }
}

/// The total variation of levels, Σ √(dx² + dy²) over forward differences. Paper lies around the picture.
private func outline(_ levels: UnsafePointer<Float>) -> Float {
    var total: Float = 0
    func level(_ x: Int, _ y: Int) -> Float {
        x >= 0 && y >= 0 && x < side && y < side ? levels[y * side + x] : 0
    }
    for y in -1..<side {
        for x in -1..<side {
            let here = level(x, y)
            let (dx, dy) = (level(x + 1, y) - here, level(x, y + 1) - here)
            total += (dx * dx + dy * dy).squareRoot()
        }
    }
    return max(total, 1e-3)
}
