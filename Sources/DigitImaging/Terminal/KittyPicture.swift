/// A picture for terminals with kitty's graphics protocol (https://sw.kovidgoyal.net/kitty/graphics-protocol):
/// a PNG in base 64, in pieces.
package enum KittyPicture {
    /// What makes the longest piece that the protocol allows, 4096 characters.
    private static let pieceLength = 3072

    /// The escape sequences that show a PNG file at the cursor, each handed to `write`.
    package static func encode(
        png: [UInt8], _ write: (_ part: [UInt8]) throws(ImagingError) -> Void
    ) throws(ImagingError) {
        for start in stride(from: 0, to: png.count, by: pieceLength) {
            let end = min(start + pieceLength, png.count)
            // Transmit and show (a=T) a PNG (f=100) without an answer (q=2); m=1 says that more follows.
            let first = start == 0 ? "a=T,f=100,q=2," : ""
            var bytes = Array("\u{1B}_G\(first)m=\(end < png.count ? 1 : 0);".utf8)
            Base64.append(png[start..<end], to: &bytes)
            bytes += Array("\u{1B}\\".utf8)
            try write(bytes)
        }
    }
}
