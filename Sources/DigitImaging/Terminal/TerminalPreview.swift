/// A picture drawn with characters. Each character shows two pixels, one above the other.
package struct TerminalPreview: Sendable {
    /// The ways to show shades.
    package enum Colors: Sendable {
        /// Any shade, by 24-bit escape sequences.
        case full
        /// 26 shades, by the 256-colour palette.
        case palette
        /// Black or white by block characters alone, without any escape sequence.
        case none
        /// Ten shades by ASCII characters that fill more or less of their cell: for terminals without block characters.
        case letters
    }

    /// From none to all of a cell.
    private static let letters = Array(" .:-=+*#%@")

    private let colors: Colors
    private let columns: Int
    private let lines: Int?

    /// `columns` is the room in characters, `lines` in lines where that is limited; larger pictures are made smaller.
    package init(colors: Colors, columns: Int, lines: Int? = nil) {
        self.colors = colors
        self.columns = max(columns, 1)
        self.lines = lines.map { max($0, 1) }
    }

    /// The lines of `picture`, each ended by a line feed.
    package func render(_ picture: GrayImage) -> String {
        let picture = picture.shrunk(toWidth: columns, height: lines.map { 2 * $0 } ?? picture.height)
        var text = ""
        for y in stride(from: 0, to: picture.height, by: 2) {
            let upper = picture.row(y)
            let lower = y + 1 < picture.height ? picture.row(y + 1) : nil
            appendLine(upper: upper, lower: lower, to: &text)
        }
        return text
    }

    private func appendLine(upper: ArraySlice<UInt8>, lower: ArraySlice<UInt8>?, to text: inout String) {
        let lower = lower ?? ArraySlice(repeating: 0, count: upper.count)
        switch colors {
        case .none:
            text += zip(upper, lower).map(Self.block).joined() + "\n"
            return
        case .letters:
            text +=
                zip(upper, lower).map { Self.letters[(Int($0) + Int($1)) * Self.letters.count / 511] } + "\n"
            return
        case .full, .palette: break
        }
        var last: (UInt8, UInt8)?
        for (top, bottom) in zip(upper, lower) {
            if last.map({ $0 != (top, bottom) }) ?? true {
                text += "\u{1B}[38;\(color(top));48;\(color(bottom))m"
            }
            text += "▀"
            last = (top, bottom)
        }
        text += "\u{1B}[0m\n"
    }

    private static func block(upper: UInt8, lower: UInt8) -> String {
        switch (upper >= 128, lower >= 128) {
        case (false, false): " "
        case (true, false): "▀"
        case (false, true): "▄"
        case (true, true): "█"
        }
    }

    /// The parameters of the escape sequence for a shade, after its "38;" or "48;".
    private func color(_ shade: UInt8) -> String {
        guard colors == .palette else { return "2;\(shade);\(shade);\(shade)" }
        // The palette: 16 is black, 231 white, and 232 to 255 are 8, 18, … 238.
        switch shade {
        case 0..<4: return "5;16"
        case 247...: return "5;231"
        default: return "5;\(232 + min((Int(shade) - 3) / 10, 23))"
        }
    }
}

extension GrayImage {
    fileprivate func row(_ y: Int) -> ArraySlice<UInt8> {
        pixels[y * width..<(y + 1) * width]
    }

    /// The picture within a width and a height, its proportions kept: each new pixel is the mean of what it covers.
    fileprivate func shrunk(toWidth limit: Int, height heightLimit: Int) -> GrayImage {
        guard width > limit || height > heightLimit else { return self }
        // Whichever side is the farther beyond its limit decides.
        let isWide = width * heightLimit >= height * limit
        let columns = isWide ? limit : max(1, width * heightLimit / height)
        let newHeight = isWide ? max(1, height * limit / width) : heightLimit
        var smaller: [UInt8] = []
        for y in 0..<newHeight {
            let rows = y * height / newHeight..<max((y + 1) * height / newHeight, y * height / newHeight + 1)
            for x in 0..<columns {
                let span = x * width / columns..<max((x + 1) * width / columns, x * width / columns + 1)
                let sum = rows.reduce(0) { sum, y in
                    span.reduce(sum) { $0 + Int(pixels[y * width + $1]) }
                }
                smaller.append(UInt8(sum / (rows.count * span.count)))
            }
        }
        // The new sizes are within the old ones, so this cannot throw; if it did, the picture itself serves.
        return (try? GrayImage(width: columns, height: newHeight, pixels: smaller)) ?? self
    }
}
