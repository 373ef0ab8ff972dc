import CDigitGen
import DigitFields
import DigitGen
import DigitModel

extension LineRequest {
    /// A checked request of the C interface.
    fileprivate init(_ request: digitgen_line_request) throws(InterfaceError) {
        guard request.structure_size == MemoryLayout<digitgen_line_request>.size else {
            throw .invalidField(
                "structure_size", allowed: "sizeof(digitgen_line_request); begin with DIGITGEN_LINE_REQUEST")
        }
        guard let characters = request.text else { throw .missing("text") }
        let hand = try HandChoice(request)
        let index = Int(clamping: request.first)
        guard DrawRequest.firstImages.contains(index) else { throw .generator(.invalidFirst(index)) }
        let text: FieldText
        do throws(FieldError) { text = try FieldText(String(cString: characters)) } catch {
            throw .text(error)
        }
        self.init(
            text, style: try Self.style(request), seed: request.seed, index: index, hand: hand)
    }

    private static func style(_ request: digitgen_line_request) throws(InterfaceError) -> LineStyle {
        do throws(LineError) {
            return try LineStyle(
                height: Int(request.height), across: request.across == 0 ? nil : Int(request.across),
                margin: request.margin == -1 ? nil : Int(request.margin), spacing: Int(request.spacing),
                slope: Int(request.slope), touch: Int(request.touch), wander: Int(request.wander),
                ink: Int(request.ink), paper: Int(request.paper), hasBoxes: request.boxes != 0)
        } catch {
            throw .line(error)
        }
    }

    /// Draws the line.
    fileprivate func draw(by generator: DigitGenerator) throws(InterfaceError) -> LinePicture {
        let drawer = try generating { () throws(DigitGeneratorError) in
            let drawer = try LineDrawer(generator)
            try drawer.check(text, hand)
            return drawer
        }
        let drawn = drawer.draw([self]) { _, line in line }
        do throws(LineError) { return try drawn[0].get() } catch { throw .line(error) }
    }
}

/// The C function `digitgen_draw_line`; see digitgen.h.
@_cdecl("digitgen_draw_line")
public func drawLine(
    _ model: OpaquePointer?, _ request: UnsafePointer<digitgen_line_request>?,
    _ pixels: UnsafeMutablePointer<UInt8>?, _ capacity: Int, _ boxes: UnsafeMutablePointer<digitgen_box>?,
    _ boxCapacity: Int, _ line: UnsafeMutablePointer<digitgen_line>?,
    _ error: UnsafeMutablePointer<digitgen_error>?
) -> Int32 {
    reporting(to: error) { () throws(InterfaceError) in
        guard let model else { throw .missing("model") }
        guard let request else { throw .missing("request") }
        let picture = try LineRequest(request.pointee).draw(by: OpenModel.at(model).generator)
        line?.pointee = digitgen_line(
            height: picture.height, width: picture.width, box_count: picture.boxes.count)
        // A size beyond half of the address space is no buffer's.
        guard pixels == nil || picture.pixels.count <= max(capacity, 0) else {
            throw .capacity(max(capacity, 0), needed: picture.pixels.count, what: "the line needs")
        }
        guard boxes == nil || picture.boxes.count <= max(boxCapacity, 0) else {
            throw .capacity(
                max(boxCapacity, 0), needed: picture.boxes.count, what: "the line needs", unit: "boxes")
        }
        if let pixels {
            _ = UnsafeMutableBufferPointer(start: pixels, count: capacity).update(
                fromContentsOf: picture.pixels)
        }
        for (index, box) in picture.boxes.enumerated() {
            boxes?[index] = digitgen_box(
                x: UInt32(box.x), y: UInt32(box.y), width: UInt32(box.width), height: UInt32(box.height))
        }
    }
}
