import CKernels
import DigitGen

/// The kernels that draw lines, of one instruction set.
struct LineKernels {
    private let kernels: UnsafePointer<dg_kernels>

    init(_ tier: KernelTier) { kernels = tier.kernels }

    /// Writes the outline of a field's ink, and the field as `draw` reads it.
    func outline(
        _ field: DrawnField, into narrow: UnsafeMutablePointer<Int16>,
        _ outline: UnsafeMutablePointer<dg_outline>
    ) {
        // The area stays 0 without ink.
        _ = kernels.pointee.outline(field.values, narrow, outline)
    }

    /// Adds a digit's ink to a canvas. Returns the box of its pixels; nil if no point is ink.
    func draw(_ ink: DigitInk, across: dg_span, down: dg_span, on canvas: dg_canvas) -> PixelBox? {
        withUnsafePointer(to: across) { across in
            withUnsafePointer(to: down) { down in
                withUnsafePointer(to: canvas) { canvas in
                    var box = dg_box()
                    guard kernels.pointee.draw(ink.field, across, down, canvas, &box) else { return nil }
                    return PixelBox(
                        x: Int(box.x), y: Int(box.y), width: Int(box.width), height: Int(box.height))
                }
            }
        }
    }

    /// Writes the number of each pixel's points that are ink.
    func shares(_ canvas: dg_canvas, into shares: UnsafeMutablePointer<UInt8>) {
        withUnsafePointer(to: canvas) { kernels.pointee.shares($0, shares) }
    }

    /// Replaces each of `count` bytes by its entry in a table of 256.
    func lookUp(_ table: UnsafePointer<UInt8>, _ bytes: UnsafeMutablePointer<UInt8>, count: Int) {
        kernels.pointee.look_up(table, bytes, count)
    }
}
