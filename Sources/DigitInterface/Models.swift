import CDigitGen
import DigitGen
import Platform

/// What a `digitgen_model` points at.
final class OpenModel: Sendable {
    let generator: DigitGenerator

    init(_ generator: DigitGenerator) {
        self.generator = generator
    }

    /// The model at a pointer that `digitgen_open` returned.
    static func at(_ pointer: OpaquePointer) -> OpenModel {
        Unmanaged<OpenModel>.fromOpaque(UnsafeRawPointer(pointer)).takeUnretainedValue()
    }
}

/// Texts that C gets pointers to; they are never freed.
private enum StaticText {
    /// A pointer without an owner: nobody writes to it.
    struct Text: @unchecked Sendable {
        let start: UnsafePointer<CChar>

        init(_ text: String) {
            let bytes = Array(text.utf8CString)
            let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
            copy.initialize(from: bytes, count: bytes.count)
            start = UnsafePointer(copy)
        }
    }

    static let version = Text(ProgramVersion.text)
    static let models = DigitGenerator.shippedModels.map(Text.init)
}

/// The C function `digitgen_version`; see digitgen.h.
@_cdecl("digitgen_version")
public func version() -> UnsafePointer<CChar> { StaticText.version.start }

/// The C function `digitgen_model_count`; see digitgen.h.
@_cdecl("digitgen_model_count")
public func modelCount() -> Int { StaticText.models.count }

/// The C function `digitgen_model_name`; see digitgen.h.
@_cdecl("digitgen_model_name")
public func modelName(_ index: Int) -> UnsafePointer<CChar>? {
    StaticText.models.indices.contains(index) ? StaticText.models[index].start : nil
}

/// The C function `digitgen_open`; see digitgen.h.
@_cdecl("digitgen_open")
public func open(
    _ name: UnsafePointer<CChar>?, _ model: UnsafeMutablePointer<OpaquePointer?>?,
    _ error: UnsafeMutablePointer<digitgen_error>?
) -> Int32 {
    opened(model, error) { () throws(DigitGeneratorError) in
        try DigitGenerator(name.map { .named(String(cString: $0)) } ?? .default)
    }
}

/// The C function `digitgen_open_file`; see digitgen.h.
@_cdecl("digitgen_open_file")
public func openFile(
    _ path: UnsafePointer<CChar>?, _ model: UnsafeMutablePointer<OpaquePointer?>?,
    _ error: UnsafeMutablePointer<digitgen_error>?
) -> Int32 {
    guard let path else { return InterfaceError.missing("path").report(to: error) }
    return opened(model, error) { () throws(DigitGeneratorError) in
        try DigitGenerator(systemPath: String(systemText: path))
    }
}

/// The C function `digitgen_open_bytes`; see digitgen.h.
@_cdecl("digitgen_open_bytes")
public func openBytes(
    _ bytes: UnsafePointer<UInt8>?, _ count: Int, _ model: UnsafeMutablePointer<OpaquePointer?>?,
    _ error: UnsafeMutablePointer<digitgen_error>?
) -> Int32 {
    guard let bytes else { return InterfaceError.missing("bytes").report(to: error) }
    return opened(model, error) { () throws(DigitGeneratorError) in
        try DigitGenerator(bytes: Array(UnsafeBufferPointer(start: bytes, count: max(count, 0))))
    }
}

/// The C function `digitgen_close`; see digitgen.h.
@_cdecl("digitgen_close")
public func close(_ model: OpaquePointer?) {
    guard let model else { return }
    Unmanaged<OpenModel>.fromOpaque(UnsafeRawPointer(model)).release()
}

/// The C function `digitgen_describe`; see digitgen.h.
@_cdecl("digitgen_describe")
public func describe(_ model: OpaquePointer?, _ description: UnsafeMutablePointer<digitgen_description>?) {
    guard let model, let description else { return }
    let generator = OpenModel.at(model).generator
    description.pointee = digitgen_description()
    withUnsafeMutableBytes(of: &description.pointee.name) { copy(generator.name, to: $0) }
    withUnsafeMutableBytes(of: &description.pointee.sha256) { copy(generator.sha256, to: $0) }
    withUnsafeMutableBytes(of: &description.pointee.digits) { copy(generator.digits, to: $0) }
    description.pointee.conditional = generator.isConditional ? 1 : 0
    description.pointee.ink = generator.drawsInk ? 1 : 0
}

/// Stores a pointer to what `make` returns in `model`, or NULL if it fails.
private func opened(
    _ model: UnsafeMutablePointer<OpaquePointer?>?, _ error: UnsafeMutablePointer<digitgen_error>?,
    _ make: () throws(DigitGeneratorError) -> DigitGenerator
) -> Int32 {
    reporting(to: error) { () throws(InterfaceError) in
        guard let model else { throw .missing("model") }
        model.pointee = nil
        let opened = OpenModel(try generating(make))
        model.pointee = OpaquePointer(Unmanaged.passRetained(opened).toOpaque())
    }
}
