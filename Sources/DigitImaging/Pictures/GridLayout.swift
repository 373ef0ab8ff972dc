/// How images are arranged in one picture: rows from the left, as near square as it can be unless `columns`
/// says otherwise.
package struct GridLayout: Equatable, Sendable {
    /// The most pixels one side of a picture may have: what PNG readers accept by default.
    package static let maximumSide = 1_000_000
    /// Allowed values of `columns`.
    package static let allowedColumns = 1...100_000
    /// Allowed values of `scale`.
    package static let allowedScales = 1...64

    /// What is between the strokes.
    package enum Background: String, CaseIterable, Sendable {
        /// Black, or white below inverted strokes.
        case solid
        /// Nothing, in formats that can say so.
        case transparent
    }

    /// Allowed values of `padding`.
    package static let allowedPaddings = 0...1_000

    /// Images a row; nil for as near square as it can be.
    package let columns: Int?
    /// Images are made so many times wider and higher.
    package let scale: Int
    /// How they are.
    package let filter: ScaleFilter
    /// Pixels between images and around them.
    package let padding: Int
    /// Black on white instead of white on black.
    package let invert: Bool
    package let background: Background
    /// Numbers in the margins.
    package let labels: GridLabels?

    /// Throws `ImagingError.layout` for a value out of its range.
    package init(
        columns: Int? = nil, scale: Int = 1, filter: ScaleFilter = .pixels, padding: Int = 0,
        invert: Bool = false, background: Background = .solid, labels: GridLabels? = nil
    ) throws(ImagingError) {
        if let columns, !Self.allowedColumns.contains(columns) {
            throw .layout(name: "the number of columns", value: columns, allowed: Self.allowedColumns)
        }
        guard Self.allowedScales.contains(scale) else {
            throw .layout(name: "the scale", value: scale, allowed: Self.allowedScales)
        }
        guard Self.allowedPaddings.contains(padding) else {
            throw .layout(name: "the padding", value: padding, allowed: Self.allowedPaddings)
        }
        self.columns = columns
        self.scale = scale
        self.filter = filter
        self.padding = padding
        self.invert = invert
        self.background = background
        self.labels = labels
    }

    /// The grid for `count` ≥ 1 images. Columns beyond the last image are left out.
    /// Throws `ImagingError.pictureTooLarge` when a side or the number of pixels passes its limit.
    package func grid(count: Int, of size: ImageStack.Size) throws(ImagingError) -> Grid {
        let count = max(count, 1)
        let columns = min(columns ?? Self.nearestToSquare(count: count, size: size), count)
        let rows = (count - 1) / columns + 1
        let (width, wide) = extent(columns, size.width, margin: labels?.left ?? 0)
        let (height, high) = extent(rows, size.height, margin: labels?.top ?? 0)
        let (pixels, large) = width.multipliedReportingOverflow(by: height)
        guard !wide, !high, !large, max(width, height) <= Self.maximumSide,
            pixels <= GrayImage.maximumPixelCount
        else { throw .pictureTooLarge(width: width, height: height) }
        return Grid(size: size, columns: columns, rows: rows, layout: self)
    }

    /// The number of columns whose picture has the shortest longer side; of equals, the widest.
    ///
    /// More columns make the picture wider and never higher. So the best is where width first reaches height,
    /// or one column less; and width cannot reach height before columns = √(count · height / width).
    private static func nearestToSquare(count: Int, size: ImageStack.Size) -> Int {
        func width(_ columns: Int) -> Double { Double(columns) * Double(size.width) }
        func height(_ columns: Int) -> Double { Double((count - 1) / columns + 1) * Double(size.height) }
        let square = (Double(count) * Double(size.height) / Double(size.width)).squareRoot()
        var wide = max(1, min(count, Int(square)))
        while wide < count, width(wide) < height(wide) { wide += 1 }
        return wide > 1 && height(wide - 1) < width(wide) ? wide - 1 : wide
    }

    /// Pixels that `cells` images of `side` take, with the padding between and around them and the margin.
    private func extent(_ cells: Int, _ side: Int, margin: Int) -> (value: Int, overflow: Bool) {
        let (scaled, first) = side.multipliedReportingOverflow(by: scale)
        let (padded, second) = scaled.addingReportingOverflow(padding)
        let (all, third) = cells.multipliedReportingOverflow(by: padded)
        let (whole, fourth) = all.addingReportingOverflow(padding + margin * scale)
        return (whole, first || second || third || fourth)
    }
}
