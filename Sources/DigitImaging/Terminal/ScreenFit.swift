/// The arrangement of a long row of images on a screen, and the number of them that it shows.
///
/// Images of numbers that would become too small in one line are broken into several. All images are shown if none
/// becomes too small; otherwise as many as fit.
package struct ScreenFit: Equatable, Sendable {
    /// Room for a picture.
    package struct Screen: Sendable {
        package let width: Int
        /// nil if unlimited.
        package let height: Int?
        /// The least scale of an image, unless even one image needs a smaller scale to fit.
        package let smallest: Double

        package init(width: Int, height: Int?, smallest: Double) {
            self.width = width
            self.height = height
            self.smallest = smallest
        }
    }

    /// The number of images in a row.
    package private(set) var columns: Int
    /// The number of images shown.
    package private(set) var count: Int
    /// Digits in a line of an image, of which there are `lines`; together they may be fewer than the number has.
    package private(set) var digitsPerLine: Int
    package private(set) var lines: Int

    /// The rank of an arrangement: the first property that differs decides.
    private struct Merit: Comparable {
        /// True if all images are shown.
        let isWhole: Bool
        /// True if they have at least the least scale.
        let isLarge: Bool
        let digits: Int
        let scale: Double
        let rows: Int
        let columns: Int

        static func < (a: Merit, b: Merit) -> Bool {
            if a.isWhole != b.isWhole { return b.isWhole }
            if a.isLarge != b.isLarge { return b.isLarge }
            if a.isLarge, !a.isWhole, a.digits != b.digits { return a.digits < b.digits }
            if a.scale != b.scale { return a.scale < b.scale }
            return (a.digits, b.rows, b.columns) < (b.digits, a.rows, a.columns)
        }
    }

    /// The best arrangement of `count` ≥ 1 images of `digits` ≥ 1 digits each.
    ///
    /// - Parameters:
    ///   - cell: the size of a digit.
    ///   - layout: everything else of the picture. Its columns, if it has any, are kept.
    package init(count: Int, digits: Int, cell: Int, on screen: Screen, layout: GridLayout) {
        let scaledCell = cell * layout.scale
        let perLine = max(1, Int(Double(screen.width) / (Double(scaledCell) * screen.smallest)))
        var best: (merit: Merit, fit: ScreenFit)?
        let fewestLines = (digits - 1) / perLine + 1
        for lines in fewestLines...(fewestLines == 1 || screen.height == nil ? fewestLines : digits) {
            let digitsPerLine = (digits - 1) / lines + 1
            // Several numbers of lines give the same arrangement.
            guard (digits - 1) / digitsPerLine + 1 == lines else { continue }
            var fit = ScreenFit(columns: 1, count: count, digitsPerLine: digitsPerLine, lines: lines)
            let fixed = layout.columns ?? fit.columnsWithoutEnd(on: screen, width: digitsPerLine * scaledCell)
            let widest = fixed ?? max(1, perLine / digitsPerLine)
            for columns in (fixed ?? 1)...widest {
                fit.columns = min(columns, count)
                fit.count = count
                let merit = fit.fill(screen, digits: digits, cell: cell, layout: layout)
                if best.map({ $0.merit < merit }) ?? true { best = (merit, fit) }
            }
        }
        self = best?.fit ?? ScreenFit(columns: 1, count: 1, digitsPerLine: min(digits, perLine), lines: 1)
        // A number that is too long for the screen is truncated.
        guard lines > 1, self.count == 1, let height = screen.height else { return }
        lines = min(lines, max(1, Int(Double(height) / (Double(scaledCell) * screen.smallest))))
    }

    private init(columns: Int, count: Int, digitsPerLine: Int, lines: Int) {
        self.columns = columns
        self.count = count
        self.digitsPerLine = digitsPerLine
        self.lines = lines
    }

    /// The size of an image, in digits' pixels. Numbers of several lines are separated by half a digit.
    package func imageSize(cell: Int) throws(ImagingError) -> ImageStack.Size {
        try ImageStack.Size(
            width: digitsPerLine * cell, height: lines * cell + (lines > 1 && count > 1 ? cell / 2 : 0))
    }

    /// On a screen of unlimited height, the columns of a picture that fills the width, or that is as near square as
    /// possible with images shrunk to half their size at most; nil on any other screen.
    private func columnsWithoutEnd(on screen: Screen, width: Int) -> Int? {
        guard screen.height == nil else { return nil }
        let whole = screen.width / width
        let halved = max(1, Int(Double(screen.width) / (Double(width) * max(screen.smallest, 0.5))))
        let square = Int(Double(count).squareRoot().rounded(.up))
        return max(1, min(count, whole), min(square, halved))
    }

    /// Drops the images that do not fit.
    private mutating func fill(_ screen: Screen, digits: Int, cell: Int, layout: GridLayout) -> Merit {
        // Requested columns may be arbitrarily narrow.
        let wide = Screen(width: screen.width, height: nil, smallest: 0)
        let smallest = min(screen.smallest, scale(on: wide, rows: 1, cell: cell, layout))
        var rows = (count - 1) / columns + 1
        let isWhole = scale(on: screen, rows: rows, cell: cell, layout) >= smallest
        // Reduce the rows until the remaining ones are large enough.
        while rows > 1, scale(on: screen, rows: rows, cell: cell, layout) < smallest { rows -= 1 }
        count = min(count, columns * rows)
        let scale = scale(on: screen, rows: rows, cell: cell, layout)
        return Merit(
            isWhole: isWhole, isLarge: scale >= smallest, digits: count * digits, scale: scale, rows: rows,
            columns: columns)
    }

    /// The factor by which the picture of so many rows must be shrunk; at most 1.
    private func scale(on screen: Screen, rows: Int, cell: Int, _ layout: GridLayout) -> Double {
        guard let size = try? imageSize(cell: cell),
            let layout = try? layout.with(columns: columns),
            let grid = try? layout.grid(count: columns * rows, of: size)
        else { return 0 }
        let wide = Double(screen.width) / Double(grid.width)
        let high = screen.height.map { Double($0) / Double(grid.height) } ?? 1
        return min(1, wide, high)
    }
}

extension GridLayout {
    /// The layout with another number of columns. Throws `ImagingError.layout`.
    package func with(columns: Int) throws(ImagingError) -> GridLayout {
        try GridLayout(
            columns: columns, scale: scale, filter: filter, padding: padding, invert: invert,
            background: background, labels: labels, labelScale: labelScale)
    }
}

extension ImageStack {
    /// The images of numbers, broken into lines as `fit` says.
    package func broken(_ fit: ScreenFit) throws(ImagingError) -> ImageStack {
        let cell = size.height
        let target = try fit.imageSize(cell: cell)
        guard target != size else { return self }
        var pixels = [UInt8](repeating: 0, count: count * target.pixelCount)
        for image in 0..<count {
            for line in 0..<fit.lines {
                let left = line * target.width
                let width = min(target.width, size.width - left)
                guard width > 0 else { continue }
                for y in 0..<cell {
                    let from = slice.startIndex + image * size.pixelCount + y * size.width + left
                    let to = image * target.pixelCount + (line * cell + y) * target.width
                    pixels.replaceSubrange(to..<to + width, with: slice[from..<from + width])
                }
            }
        }
        return try ImageStack(size: target, pixels: pixels)
    }
}
