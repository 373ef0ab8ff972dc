import DigitImaging
import DigitService

/// Shows images on a terminal.
struct Preview {
    /// More do not help who looks at them.
    private static let limit = 200

    let terminal: Terminal
    /// How the images are arranged; scaling is for files.
    let layout: GridLayout
    /// Whether as many images stand in a row as look well; otherwise those of `layout`.
    let fitsColumns: Bool

    /// Draws up to 200 images and says how to keep all of them: by `command`.
    func show(_ source: DigitSource, count: Int, command: String) throws {
        let shown = min(count, Self.limit)
        let preview = TerminalPreview(colors: terminal.colors, columns: terminal.columns)
        let fitting = try preview.columns(count: shown, size: source.size)
        let columns = fitsColumns && layout.labels == nil ? fitting : layout.columns
        let layout = try GridLayout(
            columns: columns, padding: layout.padding, invert: layout.invert, labels: layout.labels)
        var canvas = try GridCanvas(layout.grid(count: shown, of: source.size))
        try canvas.draw(source.images(0..<shown))
        let output = DescriptorSink.standardOutput()
        try output.write(Array(preview.render(canvas.picture).utf8))
        if shown < count { StandardError.print("These are the first \(shown) of \(count).") }
        StandardError.print("To keep them: \(command)")
    }
}
