import CPNG

/// Turns pictures into 8-bit grayscale PNGs, with opacity where it is asked for. The bytes are a function of the
/// picture and its texts alone.
///
/// One encoder may make any number of pictures, one after the other; it keeps its buffers.
package struct PNGEncoder: ~Copyable {
    private let encoder: OpaquePointer

    /// The meaning of a picture's bytes.
    package enum Meaning: Equatable, Sendable {
        /// The shade of an opaque pixel.
        case shade
        /// The opacity of a pixel of the shade `ink`, 255 opaque; with `inverted`, its transparency.
        case coverage(ink: UInt8, inverted: Bool = false)
    }

    /// The number of pixels that are encoded at a time.
    private static let bandSize = 1 << 20

    /// Throws `OutputError.notEnoughMemory` when there is none.
    package init() throws(ImagingError) {
        guard let encoder = cpng_encoder_create() else { throw Self.noMemory }
        self.encoder = encoder
    }

    deinit { cpng_encoder_destroy(encoder) }

    private static var noMemory: ImagingError { .output(.notEnoughMemory(work: "encoding a PNG")) }

    /// The PNG file of `picture`, with `texts` ahead of the pixels.
    package mutating func encode(
        _ picture: GrayImage, as meaning: Meaning = .shade, texts: [PNGText] = []
    ) throws(ImagingError) -> [UInt8] {
        var file: [UInt8] = []
        try encode(picture, as: meaning, texts: texts) { file += $0 }
        return file
    }

    /// The same, handed to `write` part by part: so a large picture takes no memory beside its own.
    package mutating func encode(
        _ picture: GrayImage, as meaning: Meaning = .shade, texts: [PNGText] = [],
        _ write: (_ part: [UInt8]) throws(ImagingError) -> Void
    ) throws(ImagingError) {
        try encode(
            picture.pixels[...], width: picture.width, height: picture.height, as: meaning, texts: texts,
            write)
    }

    /// The PNG file of image `index` of `stack`.
    package mutating func encode(_ stack: ImageStack, index: Int) throws(ImagingError) -> [UInt8] {
        var file: [UInt8] = []
        try append(stack, index: index, to: &file)
        return file
    }

    /// Appends that file to `bytes`.
    package mutating func append(
        _ stack: ImageStack, index: Int, to bytes: inout [UInt8]
    ) throws(ImagingError) {
        try encode(
            stack[index], width: stack.size.width, height: stack.size.height, as: .shade, texts: []
        ) { bytes += $0 }
    }

    private mutating func encode(
        _ pixels: ArraySlice<UInt8>, width: Int, height: Int, as meaning: Meaning, texts: [PNGText],
        _ write: (_ part: [UInt8]) throws(ImagingError) -> Void
    ) throws(ImagingError) {
        guard let columns = Int32(exactly: width), let rows = Int32(exactly: height),
            pixels.count == width * height
        else { throw .size(width: width, height: height) }
        try check(cpng_begin(encoder, UInt32(columns), UInt32(rows), meaning != .shade))
        for text in texts {
            let type = text.isInternational ? "iTXt" : "tEXt"
            try check(cpng_chunk(encoder, type, text.chunk, text.chunk.count))
        }
        let band = max(1, Self.bandSize / width) * width
        for start in stride(from: pixels.startIndex, to: pixels.endIndex, by: band) {
            let part = pixels[start..<min(start + band, pixels.endIndex)]
            try check(
                Self.samples(of: part, meaning).withUnsafeBufferPointer {
                    cpng_rows(encoder, $0.baseAddress, part.count / width)
                })
            if part.endIndex < pixels.endIndex { try handOver(to: write) }
        }
        try check(cpng_end(encoder))
        try handOver(to: write)
    }

    /// The bytes that a PNG stores for pixels.
    private static func samples(of pixels: ArraySlice<UInt8>, _ meaning: Meaning) -> ArraySlice<UInt8> {
        guard case .coverage(let ink, let inverted) = meaning else { return pixels }
        return pixels.flatMap { [ink, inverted ? 255 - $0 : $0] }[...]
    }

    private func handOver(
        to write: (_ part: [UInt8]) throws(ImagingError) -> Void
    ) throws(ImagingError) {
        try write([UInt8](UnsafeBufferPointer(start: cpng_bytes(encoder), count: cpng_byte_count(encoder))))
        cpng_take(encoder)
    }

    private func check(_ isDone: Bool) throws(ImagingError) {
        guard isDone else { throw Self.noMemory }
    }
}

/// A line of text inside a PNG (a tEXt chunk), such as who made it: readers show it, and never draw it.
package struct PNGText: Equatable, Sendable {
    /// The subject of the text; 1 to 79 characters of Latin-1, without spaces at either end.
    package let keyword: String
    /// Latin-1; ASCII if it is international.
    package let text: String
    /// Stored in an iTXt chunk.
    package let isInternational: Bool
    /// The content of the chunk.
    let chunk: [UInt8]

    /// Throws `ImagingError.text` for a keyword or text that a PNG cannot hold.
    package init(keyword: String, text: String, isInternational: Bool = false) throws(ImagingError) {
        guard let key = Self.latin1(keyword), (1...79).contains(key.count), key.first != 32, key.last != 32,
            let content = Self.latin1(text)
        else { throw .text(keyword: keyword) }
        self.keyword = keyword
        self.text = text
        self.isInternational = isInternational
        // Not compressed, of no language, and without a translated keyword.
        chunk = key + (isInternational ? [0, 0, 0, 0, 0] : [0]) + content
    }

    /// The string's Latin-1 bytes; nil if it has characters that Latin-1 or a tEXt chunk has not
    /// (PNG specification, 11.3.3.2: printable characters and line feeds).
    static func latin1(_ string: String) -> [UInt8]? {
        // ASCII, as nearly always.
        if string.utf8.allSatisfy({ (32..<127).contains($0) }) { return Array(string.utf8) }
        var bytes: [UInt8] = []
        for scalar in string.unicodeScalars {
            guard scalar.value <= 255, scalar == "\n" || !(scalar.value < 32 || (127...160) ~= scalar.value)
            else { return nil }
            bytes.append(UInt8(scalar.value))
        }
        return bytes
    }
}
