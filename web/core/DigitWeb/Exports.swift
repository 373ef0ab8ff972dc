import DigitFields
import DigitGen

// The functions that JavaScript calls. Texts and bytes are addresses and counts in the module's memory. A function
// returns 0, or 1 after a mistake: then its result is a sentence that says which.

/// Room for `count` bytes from JavaScript, until `dg_release`.
@_cdecl("dg_reserve")
public func reserve(_ count: Int32) -> UnsafeMutableRawPointer {
    .allocate(byteCount: Int(count), alignment: 16)
}

/// Frees what `dg_reserve` gave.
@_cdecl("dg_release")
public func release(_ room: UnsafeMutableRawPointer) { room.deallocate() }

/// Reads the safetensors file that is inside a bundle. The result is the facts about the model, as JSON.
///
/// - Parameter model: the number that the model gets, from 0 on; a model that has it already is replaced.
@_cdecl("dg_load")
public func load(_ model: Int32, _ bytes: UnsafePointer<UInt8>, _ count: Int32) -> Int32 {
    session.answer { () throws(DigitGeneratorError) in
        try session.load(Int(model), Array(UnsafeBufferPointer(start: bytes, count: Int(count))))
    }
}

/// Draws the images of a request; the result is their pixels.
///
/// - Parameters:
///   - text: the digits; none for whatever the model draws.
///   - options: the numbers that `WebOptions` lists.
@_cdecl("dg_draw")
public func draw(
    _ model: Int32, _ text: UnsafePointer<UInt8>, _ count: Int32, _ options: UnsafePointer<Double>
) -> Int32 {
    session.answer { () throws(DigitGeneratorError) in
        try session.draw(Int(model), WebRequest(string(text, count), WebOptions(options)))
    }
}

/// The outlines of a request's digits; the result is the data of an SVG path for each, on lines of their own.
///
/// - Parameters: as of `dg_draw`.
@_cdecl("dg_outline")
public func outline(
    _ model: Int32, _ text: UnsafePointer<UInt8>, _ count: Int32, _ options: UnsafePointer<Double>
) -> Int32 {
    session.answer { () throws(DigitGeneratorError) in
        try session.outline(Int(model), WebRequest(string(text, count), WebOptions(options)))
    }
}

/// Draws a line; the result is what `LinePicture.webBytes` says.
///
/// - Parameters: as of `dg_draw`.
@_cdecl("dg_line")
public func line(
    _ model: Int32, _ text: UnsafePointer<UInt8>, _ count: Int32, _ options: UnsafePointer<Double>
) -> Int32 {
    session.answer { () throws(LineMistake) in
        try session.line(Int(model), LineRequest(string(text, count), WebOptions(options)))
    }
}

/// The outlines of a line; the result is what `LineOutline.json` says.
///
/// - Parameters: as of `dg_draw`.
@_cdecl("dg_line_outline")
public func lineOutline(
    _ model: Int32, _ text: UnsafePointer<UInt8>, _ count: Int32, _ options: UnsafePointer<Double>
) -> Int32 {
    session.answer { () throws(LineMistake) in
        try session.lineOutline(Int(model), LineRequest(string(text, count), WebOptions(options)))
    }
}

private func string(_ text: UnsafePointer<UInt8>, _ count: Int32) -> String {
    String(decoding: UnsafeBufferPointer(start: text, count: Int(count)), as: UTF8.self)
}

/// The address of the last result.
@_cdecl("dg_result")
public func result() -> UnsafePointer<UInt8>? { UnsafePointer(session.result.baseAddress) }

/// A measure of the last result: 0 its bytes, 1 its images or a line's boxes, 2 and 3 the width and height of an image.
@_cdecl("dg_measure")
public func measure(_ index: Int32) -> Int32 { Int32(session.measures[Int(index)]) }
