/// A picture for terminals with kitty's graphics protocol (https://sw.kovidgoyal.net/kitty/graphics-protocol):
/// a PNG in base 64, in pieces.
package enum KittyPicture {
    /// The bytes of the longest piece that the protocol allows, 4096 characters.
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

/// A picture for terminals with sixel graphics (DEC VT330/VT340, chapter 14 of their programmer's manual): bands
/// of six rows, each drawn shade by shade.
package enum SixelPicture {
    /// The number of shades; more only make the sequence longer.
    private static let shades = 33

    /// The escape sequence that shows `picture` at the cursor, handed to `write` part by part.
    package static func encode(
        _ picture: GrayImage, _ write: (_ part: [UInt8]) throws(ImagingError) -> Void
    ) throws(ImagingError) {
        // 1: pixels that are not drawn stay as they are. Then aspect 1:1 and the size.
        var text = "\u{1B}P0;1;0q\"1;1;\(picture.width);\(picture.height)"
        for shade in 0..<shades {
            let percent = shade * 100 / (shades - 1)
            text += "#\(shade);2;\(percent);\(percent);\(percent)"
        }
        try write(Array(text.utf8))
        for top in stride(from: 0, to: picture.height, by: 6) { try write(band(of: picture, top: top)) }
        try write(Array("\u{1B}\\".utf8))
    }

    private static func band(of picture: GrayImage, top: Int) -> [UInt8] {
        // For each shade, which of the six pixels of a column have it.
        var columns = [[UInt8]](repeating: [], count: shades)
        for y in top..<min(top + 6, picture.height) {
            for x in 0..<picture.width {
                let shade = (Int(picture.pixels[y * picture.width + x]) * (shades - 1) + 127) / 255
                if columns[shade].isEmpty { columns[shade] = [UInt8](repeating: 0, count: picture.width) }
                columns[shade][x] |= 1 << UInt8(y - top)
            }
        }
        var bytes: [UInt8] = []
        for (shade, column) in columns.enumerated() where !column.isEmpty {
            bytes += Array("#\(shade)".utf8)
            appendRuns(of: column, to: &bytes)
            bytes.append(UInt8(ascii: "$"))
        }
        bytes.append(UInt8(ascii: "-"))
        return bytes
    }

    /// Sixels are the characters from "?" on; four or more equal ones are written as "!", their number and one.
    private static func appendRuns(of column: [UInt8], to bytes: inout [UInt8]) {
        var start = 0
        while start < column.count {
            let end = column[start...].firstIndex { $0 != column[start] } ?? column.count
            let sixel = column[start] + UInt8(ascii: "?")
            if end - start > 3 {
                bytes += Array("!\(end - start)".utf8) + [sixel]
            } else {
                bytes += repeatElement(sixel, count: end - start)
            }
            start = end
        }
    }
}

/// Escape sequences that tmux passes through to the outer terminal (tmux(1), allow-passthrough).
package enum TmuxPassthrough {
    /// `sequence` in a wrapper that tmux removes.
    package static func wrap(_ sequence: [UInt8]) -> [UInt8] {
        var bytes = Array("\u{1B}Ptmux;".utf8)
        bytes.reserveCapacity(sequence.count + 16)
        for byte in sequence {
            if byte == 0x1B { bytes.append(0x1B) }
            bytes.append(byte)
        }
        return bytes + Array("\u{1B}\\".utf8)
    }
}
