import CPNG

/// Turns pictures into 8-bit grayscale PNGs, with opacity where it is asked for. The bytes are a function of the
/// picture and its texts alone (and of the zlib that the program was built with).
///
/// One encoder may make any number of pictures, one after the other; it keeps its buffer.
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
        guard let encoder = cpng_encoder_create() else {
            throw .output(.notEnoughMemory(work: "encoding a PNG"))
        }
        self.encoder = encoder
    }

    deinit { cpng_encoder_destroy(encoder) }

    /// The PNG file of `picture`, with `texts` ahead of the pixels. `repeatsRows` says that rows come in equal
    /// groups (a scaled picture): only the compression differs.
    package mutating func encode(
        _ picture: GrayImage, as meaning: Meaning = .shade, texts: [PNGText] = [], repeatsRows: Bool = false
    ) throws(ImagingError) -> [UInt8] {
        var file: [UInt8] = []
        try encode(picture, as: meaning, texts: texts, repeatsRows: repeatsRows) { file += $0 }
        return file
    }

    /// The same, handed to `write` part by part: so a large picture takes no memory beside its own.
    package mutating func encode(
        _ picture: GrayImage, as meaning: Meaning = .shade, texts: [PNGText] = [], repeatsRows: Bool = false,
        _ write: (_ part: [UInt8]) throws(ImagingError) -> Void
    ) throws(ImagingError) {
        try encode(
            picture.pixels[...], width: picture.width, height: picture.height, as: meaning, texts: texts,
            repeatsRows: repeatsRows, write)
    }

    /// The PNG file of image `index` of `stack`.
    package mutating func encode(_ stack: ImageStack, index: Int) throws(ImagingError) -> [UInt8] {
        var file: [UInt8] = []
        try encode(
            stack[index], width: stack.size.width, height: stack.size.height, as: .shade, texts: [],
            repeatsRows: false
        ) { file += $0 }
        return file
    }

    private mutating func encode(
        _ pixels: ArraySlice<UInt8>, width: Int, height: Int, as meaning: Meaning, texts: [PNGText],
        repeatsRows: Bool, _ write: (_ part: [UInt8]) throws(ImagingError) -> Void
    ) throws(ImagingError) {
        guard let columns = UInt32(exactly: width), let rows = UInt32(exactly: height),
            pixels.count == width * height
        else { throw .size(width: width, height: height) }
        let compression = Self.compression(pixelCount: pixels.count, repeatsRows: repeatsRows)
        let strings = CStrings(texts.flatMap { [$0.keyword, $0.text] })
        try check(
            strings.withPointers { pointers in
                let texts = texts.indices.map {
                    cpng_text(
                        keyword: pointers[2 * $0], text: pointers[2 * $0 + 1],
                        is_international: texts[$0].isInternational)
                }
                return cpng_begin(
                    encoder, columns, rows, meaning != .shade, compression, texts, texts.count)
            })
        let band = max(1, Self.bandSize / width) * width
        for start in stride(from: pixels.startIndex, to: pixels.endIndex, by: band) {
            let part = pixels[start..<min(start + band, pixels.endIndex)]
            try check(
                Self.values(of: part, meaning).withUnsafeBufferPointer {
                    cpng_rows(encoder, $0.baseAddress, UInt32(part.count / width))
                })
            if part.endIndex < pixels.endIndex { try handOver(to: write) }
        }
        try check(cpng_end(encoder))
        try handOver(to: write)
    }

    /// The samples that libpng takes for pixels.
    private static func values(of pixels: ArraySlice<UInt8>, _ meaning: Meaning) -> ArraySlice<UInt8> {
        guard case .coverage(let ink, let inverted) = meaning else { return pixels }
        return pixels.flatMap { [ink, inverted ? 255 - $0 : $0] }[...]
    }

    private func handOver(to write: (_ part: [UInt8]) throws(ImagingError) -> Void) throws(ImagingError) {
        try write([UInt8](UnsafeBufferPointer(start: cpng_bytes(encoder), count: cpng_byte_count(encoder))))
        cpng_take(encoder)
    }

    private func check(_ status: Int32) throws(ImagingError) {
        guard status != 0 else { return }
        if cpng_lacks_memory(encoder) { throw .output(.notEnoughMemory(work: "encoding a PNG")) }
        throw .encoder(String(cString: cpng_message(encoder)))
    }

    /// Run lengths without a row filter. On grids of 16×16 handwritten digits this gives 42.2 kB in 1.2 ms,
    /// where zlib's default gives 43.5 kB in 4.7 ms and its level 9 42.2 kB in 64 ms; on single digits
    /// 258 bytes in 18 µs against 250 in 34 and 248 in 64. Strokes are short runs between long black ones, so
    /// a search for longer matches finds next to nothing, and differences of rows only hide the black.
    ///
    /// In a scaled picture each row repeats, which runs alone do not see: there the filter "up" may be chosen
    /// for a row, and makes its copies zeros (4.6 kB for 16 digits at scale 4; level 9 gives 5.2 kB).
    private static func compression(pixelCount: Int, repeatsRows: Bool) -> cpng_compression {
        let none: Int32 = 0x08  // PNG_FILTER_NONE
        let up: Int32 = 0x20  // PNG_FILTER_UP
        let runLengths: Int32 = 3  // Z_RLE
        // zlib sets its tables up for every picture: small pictures get small ones.
        let memoryLevel: Int32 = pixelCount <= 16_384 ? 4 : 9
        return cpng_compression(
            level: 1, memory_level: memoryLevel, strategy: runLengths, filters: repeatsRows ? none | up : none
        )
    }
}

/// Latin-1 strings as C wants them: ended by a zero byte each, one after the other.
private struct CStrings {
    private var bytes: [CChar] = []
    private var starts: [Int] = []

    init(_ strings: [String]) {
        for string in strings {
            starts.append(bytes.count)
            bytes += (PNGText.latin1(string) ?? []).map { CChar(bitPattern: $0) } + [0]
        }
    }

    func withPointers<Result>(_ body: ([UnsafePointer<CChar>]) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { buffer in
            body(buffer.baseAddress.map { base in starts.map { base + $0 } } ?? [])
        }
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

    /// Throws `ImagingError.text` for a keyword or text that a PNG cannot hold.
    package init(keyword: String, text: String, isInternational: Bool = false) throws(ImagingError) {
        guard let key = Self.latin1(keyword), (1...79).contains(key.count), key.first != 32, key.last != 32,
            Self.latin1(text) != nil
        else { throw .text(keyword: keyword) }
        self.keyword = keyword
        self.text = text
        self.isInternational = isInternational
    }

    /// The string's Latin-1 bytes; nil if it has characters that Latin-1 or a tEXt chunk has not
    /// (PNG specification, 11.3.3.2: printable characters and line feeds).
    static func latin1(_ string: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        for scalar in string.unicodeScalars {
            guard scalar.value <= 255, scalar == "\n" || !(scalar.value < 32 || (127...160) ~= scalar.value)
            else { return nil }
            bytes.append(UInt8(scalar.value))
        }
        return bytes
    }
}
