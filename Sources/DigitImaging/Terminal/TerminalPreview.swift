/// A picture drawn with characters. Each character shows two pixels, one above the other.
package struct TerminalPreview: Sendable {
    /// How shades are shown.
    package enum Colors: Sendable {
        /// Any shade, by 24-bit escape sequences.
        case full
        /// 26 shades, by the 256-colour palette.
        case palette
        /// Black or white by block characters alone, without any escape sequence.
        case none
    }

    private let colors: Colors
    private let columns: Int

    /// `columns` is the width of the terminal in characters; wider pictures are made narrower.
    package init(colors: Colors, columns: Int) {
        self.colors = colors
        self.columns = max(columns, 1)
    }

    /// How many of `count` images of `size` to put in a row: they fill the width of the terminal, and none is made
    /// less than half its size where that can be avoided.
    package func columns(count: Int, size: ImageStack.Size) throws(ImagingError) -> Int {
        let nearSquare = try GridLayout().grid(count: count, of: size).columns
        let whole = min(count, columns / size.width)
        let halved = max(1, 2 * columns / size.width)
        return max(whole, min(nearSquare, halved))
    }

    /// The lines of `picture`, each ended by a line feed.
    package func render(_ picture: GrayImage) -> String {
        let picture = picture.narrowed(to: columns)
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
        guard colors != .none else {
            text += zip(upper, lower).map(Self.block).joined() + "\n"
            return
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

    /// The picture at most `columns` wide, its proportions kept: each new pixel is the mean of what it covers.
    fileprivate func narrowed(to columns: Int) -> GrayImage {
        guard width > columns else { return self }
        let newHeight = max(1, height * columns / width)
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
