import DigitFields
import DigitGen
import DigitImaging
import StrictJSON
import Platform

/// The form of images in replies.
package enum Framing: String, CaseIterable, Sendable {
    /// As base64 in `data`, so that a reply is one line of JSON.
    case json
    /// As bytes after the line, which has their number in `bytes`; a newline follows them.
    case binary
}

/// Writes replies, each a line of JSON, followed by the images if the framing is binary.
struct ReplyWriter: ~Copyable {
    private let framing: Framing
    private var files: ImageFiles
    var line = JSONWriter()
    /// Replies not yet sent.
    private(set) var output: [UInt8] = []

    init(framing: Framing) throws(ImagingError) {
        self.framing = framing
        files = try ImageFiles()
    }

    /// Forgets the output, which has been sent.
    mutating func removeOutput() {
        output.removeAll(keepingCapacity: true)
    }

    /// `{"id":…,"ok":false,"error":{"code":…,"message":…}}`
    mutating func write(_ error: RequestError, id: JSONValue) {
        begin(id: id, ok: false)
        line.key("error")
        line.beginObject()
        line.key("code")
        line.string(error.code.rawValue)
        line.key("message")
        // Clients may show it on terminals.
        line.string(error.description.printable)
        line.endObject()
        end()
    }

    /// `{"id":…,"ok":true,"op":"ping"}`
    mutating func writePing(id: JSONValue) {
        begin(id: id, ok: true)
        line.key("op")
        line.string("ping")
        end()
    }

    /// The program, its models, and the limits of requests.
    mutating func writeHello(id: JSONValue, registry: ModelRegistry) {
        begin(id: id, ok: true)
        line.key("op")
        line.string("hello")
        line.key("protocol")
        line.integer(ServiceLimits.protocolVersion)
        line.key("version")
        line.string(ProgramVersion.text)
        line.key("framing")
        line.string(framing.rawValue)
        line.key("models")
        writeModels(registry)
        line.key("limits")
        writeLimits()
        end()
    }

    /// The reply to a request for images, whose digits have been drawn.
    ///
    /// - Parameter pixels: the digits, one after the other.
    /// - Throws: `RequestError.internal`; then nothing has been written.
    mutating func write(
        _ operation: DrawOperation, _ source: DigitSource, pixels: ArraySlice<UInt8>, id: JSONValue
    ) throws(RequestError) {
        let content: ImageFiles.Content
        do { content = try files.content(of: operation, source, pixels: pixels) } catch {
            throw .internal(reason: error.description)
        }
        begin(id: id, ok: true)
        writeFacts(operation, source.sequence, content)
        switch framing {
        case .json:
            writeText(content.files, layout: operation.layout)
            end()
        case .binary:
            writeSizes(content.files, layout: operation.layout)
            end()
            for file in content.files { output += file }
            output.append(UInt8(ascii: "\n"))
        }
    }

    private mutating func writeFacts(
        _ operation: DrawOperation, _ sequence: ImageSequence, _ content: ImageFiles.Content
    ) {
        line.key("model")
        line.string(sequence.generator.name)
        line.key("seed")
        line.value(operation.seedForm ?? .integer(sequence.seed))
        line.key("labels")
        line.beginArray()
        for caption in sequence.captions(operation.request.images) { line.string(caption) }
        line.endArray()
        line.key("format")
        line.string(operation.format.rawValue)
        line.key("width")
        line.integer(content.width)
        line.key("height")
        line.integer(content.height)
    }

    /// Ends a reply with one file, in the form of the framing.
    mutating func write(_ file: [UInt8]) {
        switch framing {
        case .json:
            writeText([file[...]], layout: .grid)
            end()
        case .binary:
            writeSizes([file[...]], layout: .grid)
            end()
            output += file
            output.append(UInt8(ascii: "\n"))
        }
    }

    private mutating func writeText(_ files: [ArraySlice<UInt8>], layout: DrawOperation.Layout) {
        line.key("data")
        if layout == .each { line.beginArray() }
        for file in files { line.unescapedString { Base64.append(file, to: &$0) } }
        if layout == .each { line.endArray() }
    }

    private mutating func writeSizes(_ files: [ArraySlice<UInt8>], layout: DrawOperation.Layout) {
        line.key("bytes")
        line.integer(files.reduce(0) { $0 + $1.count })
        guard layout == .each else { return }
        line.key("sizes")
        line.beginArray()
        for file in files { line.integer(file.count) }
        line.endArray()
    }

    private mutating func writeModels(_ registry: ModelRegistry) {
        line.beginArray()
        for model in registry.entries {
            line.beginObject()
            line.key("name")
            line.string(model.name)
            line.key("default")
            line.bool(model.name == registry.own.name)
            line.key("conditional")
            line.bool(model.isConditional)
            line.key("ink")
            line.bool(model.drawsInk)
            line.key("lines")
            line.bool(model.drawsInk && model.isConditional)
            line.key("sha256")
            line.string(model.sha256)
            line.endObject()
        }
        line.endArray()
    }

    private mutating func writeLimits() {
        let limits = [
            ("line_bytes", ServiceLimits.lineBytes), ("nesting", ServiceLimits.nesting),
            ("number_digits", ServiceLimits.numberDigits), ("request_digits", ServiceLimits.requestDigits),
            ("request_pixels", ServiceLimits.requestPixels), ("first", ServiceLimits.firstImages.upperBound),
            ("text_characters", FieldText.lengths.upperBound),
        ]
        line.beginObject()
        for (name, limit) in limits {
            line.key(name)
            line.integer(limit)
        }
        line.endObject()
    }

    mutating func begin(id: JSONValue, ok: Bool) {
        line.removeAll()
        line.beginObject()
        line.key("id")
        line.value(id)
        line.key("ok")
        line.bool(ok)
    }

    private mutating func end() {
        line.endObject()
        line.newline()
        output += line.bytes
    }
}
