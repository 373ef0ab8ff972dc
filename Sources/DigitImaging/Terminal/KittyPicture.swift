/// A picture for terminals with kitty's graphics protocol (https://sw.kovidgoyal.net/kitty/graphics-protocol):
/// a PNG in base 64, in pieces.
package enum KittyPicture {
    /// The longest piece that the protocol allows.
    private static let pieceLength = 4096

    /// The escape sequences that show a PNG file at the cursor.
    package static func encode(png: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        Base64.append(png[...], to: &text)
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: text.count, by: pieceLength) {
            let end = min(start + pieceLength, text.count)
            // Transmit and show (a=T) a PNG (f=100) without an answer (q=2); m=1 says that more follows.
            let first = start == 0 ? "a=T,f=100,q=2," : ""
            bytes += Array("\u{1B}_G\(first)m=\(end < text.count ? 1 : 0);".utf8)
            bytes += text[start..<end]
            bytes += Array("\u{1B}\\".utf8)
        }
        return bytes
    }
}
