import Platform

/// Writes a grid of digits as SVG, one path each, as the outlines arrive.
package final class SVGWriter {
    /// Units of the outlines' coordinates in a pixel.
    package static let unitsPerPixel = SVGPath.unitsPerPixel

    private let grid: Grid
    private let sink: any ByteSink
    private let digitsPerImage: Int
    private var drawn = 0

    /// Begins the file.
    ///
    /// - Parameter job: an image of a number is as many squares side by side as it has digits.
    /// - Throws: `ImagingError.pictureTooLarge` before anything is written, and what the sink throws.
    package init(_ job: ImageJob, to sink: any ByteSink) throws(ImagingError) {
        grid = try job.layout.grid(count: job.count, of: job.size)
        self.sink = sink
        digitsPerImage = job.size.width / job.size.height
        try write(head(job.texts))
    }

    /// Draws the next digits.
    ///
    /// - Parameter digits: the loops of each: control points of quadratic Béziers that meet in the middle between two;
    ///   even, in 1/`unitsPerPixel` of a pixel from the upper left corner of the digit's square.
    package func append(_ digits: [[[SIMD2<Int>]]]) throws(ImagingError) {
        var text = ""
        for loops in digits {
            let (image, place) = drawn.quotientAndRemainder(dividingBy: digitsPerImage)
            let (row, column) = image.quotientAndRemainder(dividingBy: grid.columns)
            precondition(row < grid.rows)
            drawn += 1
            guard !loops.isEmpty else { continue }
            let left = grid.left(of: column) + place * grid.size.height
            text += "<path transform=\"translate(\(left) \(grid.top(of: row)))\" d=\""
            for loop in loops { SVGPath.append(loop, to: &text) }
            text += "\"/>\n"
        }
        try write(text)
    }

    /// Completes the file and the sink.
    package func finish() throws(ImagingError) {
        try write("</g>\n</svg>\n")
        try writing(sink.finish)
    }

    private func write(_ text: String) throws(ImagingError) {
        try writing { () throws(OutputError) in try sink.write(Array(text.utf8)) }
    }

    /// All before the first digit.
    private func head(_ texts: [PNGText]) -> String {
        let layout = grid.layout
        let (width, height) = (grid.width, grid.height)
        var text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
            viewBox="0 0 \(width) \(height)">

            """
        if !texts.isEmpty {
            let lines = texts.map { Self.escaped("\($0.keyword): \($0.text)") }
            text += "<metadata>\n\(lines.joined(separator: "\n"))\n</metadata>\n"
        }
        if layout.background == .solid {
            let shade: UInt8 = layout.invert ? 255 : 0
            text += "<rect width=\"\(width)\" height=\"\(height)\" fill=\"\(Self.gray(shade))\"/>\n"
        }
        if let labels = layout.labels {
            let side = layout.labelScale
            text += "<path fill=\"\(Self.gray(layout.labelShade))\" d=\""
            for (x, y) in grid.inked(labels) { text += "M\(x) \(y)h\(side)v\(side)h-\(side)z" }
            text += "\"/>\n"
        }
        return text + "<g fill=\"\(Self.gray(layout.invert ? 0 : 255))\" fill-rule=\"evenodd\">\n"
    }

    private static func gray(_ shade: UInt8) -> String {
        let digits = (shade < 16 ? "0" : "") + String(shade, radix: 16)
        return "#" + digits + digits + digits
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
