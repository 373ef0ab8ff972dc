import NeuralNetwork
import Platform

/// Small random rotations, scalings and shifts of digits, by bilinear interpolation: what a writer might have
/// done as well.
struct AffineJitter: Sendable {
    /// Largest rotation in radians, either way.
    var rotation: Float = 0.17
    /// Largest relative change of size.
    var scaling: Float = 0.1
    /// Largest shift in pixels along each axis.
    var shift: Float = 2

    private static let side = 28

    /// Writes a jittered copy of an image of 28 × 28 bytes with its pixels mapped to −1…1.
    func apply(
        _ image: UnsafePointer<UInt8>, to target: UnsafeMutablePointer<Float>, random: inout RandomSource
    ) {
        func symmetric(_ bound: Float) -> Float { (2 * random.uniform() - 1) * bound }
        let angle = symmetric(rotation)
        let scale = 1 + symmetric(scaling)
        let (cosine, sine) = (cosf(angle) / scale, sinf(angle) / scale)
        let (shiftX, shiftY) = (symmetric(shift), symmetric(shift))
        let side = AffineJitter.side
        let centre = Float(side - 1) / 2
        for y in 0..<side {
            for x in 0..<side {
                let (dx, dy) = (Float(x) - centre - shiftX, Float(y) - centre - shiftY)
                let value = AffineJitter.sample(
                    image, x: centre + cosine * dx + sine * dy, y: centre - sine * dx + cosine * dy)
                target[y * side + x] = value / 127.5 - 1
            }
        }
    }

    /// The image at a point between pixels; 0 outside of it.
    private static func sample(_ image: UnsafePointer<UInt8>, x: Float, y: Float) -> Float {
        let (left, top) = (x.rounded(.down), y.rounded(.down))
        guard left >= -1, top >= -1, left < Float(side), top < Float(side) else { return 0 }
        let (column, row) = (Int(left), Int(top))
        let (alongX, alongY) = (x - left, y - top)
        func pixel(_ row: Int, _ column: Int) -> Float {
            guard row >= 0, row < side, column >= 0, column < side else { return 0 }
            return Float(image[row * side + column])
        }
        let above = pixel(row, column) * (1 - alongX) + pixel(row, column + 1) * alongX
        let below = pixel(row + 1, column) * (1 - alongX) + pixel(row + 1, column + 1) * alongX
        return above * (1 - alongY) + below * alongY
    }
}
