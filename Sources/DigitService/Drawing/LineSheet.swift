import DigitFields
import DigitImaging

/// Lines in one picture: below each other, or in several columns, each as wide as its longest line.
package struct LineSheet {
    /// The number of lines that stand side by side.
    private let columns: Int
    /// Pixels between lines and around them.
    private let padding: Int
    private var lines: [LinePicture] = []
    private var pixelCount = 0

    package init(columns: Int = 1, padding: Int = 0) {
        self.columns = columns
        self.padding = padding
    }

    /// Adds a line, as high as the others.
    ///
    /// - Throws: `ImagingError.pictureTooLarge` when a picture cannot hold so many.
    package mutating func append(_ line: LinePicture) throws(ImagingError) {
        lines.append(line)
        pixelCount += line.pixels.count
        guard pixelCount <= GrayImage.maximumPixelCount else {
            throw .pictureTooLarge(width: line.width, height: lines.count * line.height)
        }
    }

    /// The picture of all lines, of which there is at least one.
    ///
    /// - Throws: `ImagingError.pictureTooLarge`.
    package func picture(paper: UInt8) throws(ImagingError) -> GrayImage {
        let columns = min(columns, lines.count)
        var widths = [Int](repeating: 0, count: columns)
        for (index, line) in lines.enumerated() {
            widths[index % columns] = max(widths[index % columns], line.width)
        }
        let rows = (lines.count - 1) / columns + 1
        let lineHeight = lines.first?.height ?? 0
        let width = widths.reduce(padding) { $0 + $1 + padding }
        let height = rows * (lineHeight + padding) + padding
        guard max(width, height) <= GridLayout.maximumSide,
            width * height <= GrayImage.maximumPixelCount
        else { throw .pictureTooLarge(width: width, height: height) }
        var pixels = [UInt8](repeating: paper, count: width * height)
        var left = padding
        for (index, line) in lines.enumerated() {
            let column = index % columns
            if column == 0 { left = padding }
            var target = (padding + index / columns * (lineHeight + padding)) * width + left
            for start in stride(from: 0, to: line.pixels.count, by: line.width) {
                pixels.replaceSubrange(
                    target..<target + line.width, with: line.pixels[start..<start + line.width])
                target += width
            }
            left += widths[column] + padding
        }
        return try GrayImage(width: width, height: height, pixels: pixels)
    }
}
