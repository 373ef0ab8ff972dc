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
    /// Replies not yet sent.
    var replies = JSONWriter()

    init(framing: Framing) throws(ImagingError) {
        self.framing = framing
        files = try ImageFiles()
    }

    /// The bytes of replies not yet sent.
    var output: [UInt8] { replies.bytes }

    /// Forgets the output, which has been sent.
    mutating func removeOutput() {
        replies.removeAll()
    }

    /// `{"id":…,"ok":false,"error":{"code":…,"message":…}}`
    mutating func write(_ error: RequestError, id: JSONValue) {
        begin(id: id, ok: false)
        replies.key("error")
        replies.beginObject()
        replies.key("code")
        replies.string(error.code.rawValue)
        replies.key("message")
        // Clients may show it on terminals.
        replies.string(error.description.printable)
        replies.endObject()
        end()
    }

    /// `{"id":…,"ok":true,"op":"ping"}`
    mutating func writePing(id: JSONValue) {
        begin(id: id, ok: true)
        replies.key("op")
        replies.string("ping")
        end()
    }

    /// The program, its models, and the limits of requests.
    mutating func writeHello(id: JSONValue, registry: ModelRegistry) {
        begin(id: id, ok: true)
        replies.key("op")
        replies.string("hello")
        replies.key("protocol")
        replies.integer(ServiceLimits.protocolVersion)
        replies.key("version")
        replies.string(ProgramVersion.text)
        replies.key("framing")
        replies.string(framing.rawValue)
        replies.key("models")
        writeModels(registry)
        replies.key("limits")
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
            for file in content.files { replies.append(file) }
            replies.newline()
        }
    }

    private mutating func writeFacts(
        _ operation: DrawOperation, _ sequence: ImageSequence, _ content: ImageFiles.Content
    ) {
        writeOrigin(model: sequence.generator.name, seed: operation.seedForm ?? .integer(sequence.seed))
        replies.key("labels")
        replies.beginArray()
        for caption in sequence.captions(operation.request.images) { replies.string(caption) }
        replies.endArray()
        writeForm(operation.format, width: content.width, height: content.height)
    }

    /// What drew a reply's pictures.
    mutating func writeOrigin(model: String, seed: JSONValue) {
        replies.key("model")
        replies.string(model)
        replies.key("seed")
        replies.value(seed)
    }

    /// The form of a reply's pictures, with the size of each.
    mutating func writeForm(_ format: DrawOperation.Format, width: Int, height: Int) {
        replies.key("format")
        replies.string(format.rawValue)
        replies.key("width")
        replies.integer(width)
        replies.key("height")
        replies.integer(height)
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
            replies.append(file[...])
            replies.newline()
        }
    }

    private mutating func writeText(_ files: [ArraySlice<UInt8>], layout: DrawOperation.Layout) {
        replies.key("data")
        if layout == .each { replies.beginArray() }
        for file in files { replies.unescapedString { Base64.append(file, to: &$0) } }
        if layout == .each { replies.endArray() }
    }

    private mutating func writeSizes(_ files: [ArraySlice<UInt8>], layout: DrawOperation.Layout) {
        replies.key("bytes")
        replies.integer(files.reduce(0) { $0 + $1.count })
        guard layout == .each else { return }
        replies.key("sizes")
        replies.beginArray()
        for file in files { replies.integer(file.count) }
        replies.endArray()
    }

    private mutating func writeModels(_ registry: ModelRegistry) {
        replies.beginArray()
        for model in registry.entries {
            replies.beginObject()
            replies.key("name")
            replies.string(model.name)
            replies.key("default")
            replies.bool(model.name == registry.own.name)
            replies.key("conditional")
            replies.bool(model.isConditional)
            replies.key("ink")
            replies.bool(model.drawsInk)
            replies.key("lines")
            replies.bool(model.drawsInk && model.isConditional)
            replies.key("sha256")
            replies.string(model.sha256)
            replies.endObject()
        }
        replies.endArray()
    }

    private mutating func writeLimits() {
        let limits = [
            ("line_bytes", ServiceLimits.lineBytes), ("nesting", ServiceLimits.nesting),
            ("number_digits", ServiceLimits.numberDigits), ("request_digits", ServiceLimits.requestDigits),
            ("request_pixels", ServiceLimits.requestPixels), ("first", ServiceLimits.firstImages.upperBound),
            ("text_characters", FieldText.lengths.upperBound),
        ]
        replies.beginObject()
        for (name, limit) in limits {
            replies.key(name)
            replies.integer(limit)
        }
        replies.endObject()
    }

    mutating func begin(id: JSONValue, ok: Bool) {
        replies.beginObject()
        replies.key("id")
        replies.value(id)
        replies.key("ok")
        replies.bool(ok)
    }

    private mutating func end() {
        replies.endObject()
        replies.newline()
    }
}
