import CLibPNG

/// A decoded PNG: libpng reads the pixels, this type the chunks.
package struct DecodedPNG {
    package struct Chunk: Equatable {
        package var type: String
        package var data: [UInt8]
    }

    package var chunks: [Chunk] = []
    package var width = 0
    package var height = 0
    /// A pixel is two bytes, gray and alpha, instead of one.
    package var hasAlpha = false
    package var pixels: [UInt8] = []

    /// Returns nil if libpng refuses the file.
    package init?(_ bytes: [UInt8]) {
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        guard png_image_begin_read_from_memory(&image, bytes, bytes.count) != 0 else { return nil }
        guard image.format <= 1 else { return nil }  // PNG_FORMAT_GRAY, PNG_FORMAT_GA
        hasAlpha = image.format == 1
        width = Int(image.width)
        height = Int(image.height)
        pixels = [UInt8](repeating: 0, count: width * height * (hasAlpha ? 2 : 1))
        guard png_image_finish_read(&image, nil, &pixels, 0, nil) != 0 else { return nil }
        var rest = bytes.dropFirst(8)
        while rest.count >= 12 {
            let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            let type = String(decoding: rest.dropFirst(4).prefix(4), as: UTF8.self)
            chunks.append(Chunk(type: type, data: Array(rest.dropFirst(8).prefix(length))))
            rest = rest.dropFirst(length + 12)
        }
    }

    /// The tEXt chunks in their order, as "keyword=text".
    package var texts: [String] {
        chunks.filter { $0.type == "tEXt" }.map { chunk in
            let parts = chunk.data.split(separator: 0, maxSplits: 1)
            return parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "=")
        }
    }
}
