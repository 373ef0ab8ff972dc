import DigitImaging
import DigitService

/// Shows images on a terminal.
struct Preview {
    /// More do not help who looks at them.
    private static let limit = 200
    /// How large graphics are where nobody says: at 1 a digit is the size of three letters.
    private static let graphicsScale = 2

    let kind: PreviewKind
    let terminal: Terminal
    /// How the images are arranged.
    let layout: GridLayout
    /// Whether as many images stand in a row as look well; otherwise those of `layout`.
    let fitsColumns: Bool
    /// Whether the scale of `layout` was asked for. (Blocks have none.)
    let isScaled: Bool

    /// Draws up to 200 images and says how to keep all of them: by `command`.
    func show(_ source: DigitSource, count: Int, command: String) throws {
        let shown = min(count, Self.limit)
        try write(picture(source, count: shown), to: DescriptorSink.standardOutput())
        if let styles = stylesOfRows(among: shown) { StandardError.print(styles) }
        if shown < count { StandardError.print("These are the first \(shown) of \(count).") }
        StandardError.print("To keep them: \(command)")
    }

    /// What stands in the margin of a sheet and cannot be read in blocks: which styles its rows are.
    private func stylesOfRows(among count: Int) -> String? {
        guard kind == .blocks, let labels = layout.labels, let columns = layout.columns else { return nil }
        let rows = labels.rows.prefix((count + columns - 1) / columns)
        guard let first = rows.first, let last = rows.last else { return nil }
        return first == last
            ? "The row is style \(first)." : "The rows are styles \(first) to \(last), from the top."
    }

    private func picture(_ source: DigitSource, count: Int) throws -> GrayImage {
        let scale = kind == .blocks ? 1 : isScaled ? layout.scale : Self.graphicsScale
        let layout = try GridLayout(
            columns: columns(count: count, size: source.size, scale: scale), scale: scale,
            filter: layout.filter, padding: layout.padding, invert: layout.invert, labels: layout.labels)
        try OutputFiles.requireMemory(for: layout.grid(count: count, of: source.size))
        return try layout.picture(of: source.images(0..<count))
    }

    private func columns(count: Int, size: ImageStack.Size, scale: Int) throws(ImagingError) -> Int? {
        guard fitsColumns, layout.labels == nil else { return layout.columns }
        guard kind != .blocks else { return try blocks.columns(count: count, size: size) }
        let fitting = (terminal.pixels ?? 8 * terminal.columns) / (size.width * scale + layout.padding)
        let grid = try GridLayout(columns: layout.columns).grid(count: count, of: size)
        return max(1, min(grid.columns, fitting))
    }

    private var blocks: TerminalPreview {
        TerminalPreview(colors: terminal.colors, columns: terminal.columns)
    }

    private func write(_ picture: GrayImage, to output: DescriptorSink) throws(ImagingError) {
        switch kind {
        case .blocks: return try output.write(Array(blocks.render(picture).utf8))
        case .sixel:
            try SixelPicture.encode(picture) { part throws(ImagingError) in try output.write(part) }
        case .kitty:
            var encoder = try PNGEncoder()
            try KittyPicture.encode(png: encoder.encode(picture)) { part throws(ImagingError) in
                try output.write(part)
            }
        }
        try output.write([UInt8(ascii: "\n")])
    }
}
