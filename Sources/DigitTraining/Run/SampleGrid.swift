import DigitImaging

/// Pictures of what a generator draws in the course of training: always the same latents, so that two grids
/// can be compared.
package struct SampleGrid: Sendable {
    /// One row for each digit of a conditional model.
    package static let rows = 10
    package static let columns = 10

    /// Writes `rows` × `columns` images as one PNG.
    ///
    /// - Parameters:
    ///   - images: [rows · columns, 784], −1…1; anything else is clamped.
    ///   - path: Replaced if it exists.
    package static func write(_ images: [Float], to path: String) throws(RunError) {
        do {
            let size = try ImageStack.Size(width: 28, height: 28)
            let stack = try ImageStack(size: size, pixels: images.map(pixel))
            var encoder = try PNGEncoder()
            let picture = try GridLayout(columns: columns).picture(of: stack)
            try AtomicFile.write(encoder.encode(picture), to: path)
        } catch {
            throw .output(error)
        }
    }

    /// The pixel of a value from −1 (background) to 1.
    static func pixel(_ value: Float) -> UInt8 {
        // A comparison that NaN fails, so that a diverged model still has its picture.
        guard value > -1 else { return 0 }
        return UInt8((127.5 * (min(value, 1) + 1)).rounded(.toNearestOrEven))
    }
}
