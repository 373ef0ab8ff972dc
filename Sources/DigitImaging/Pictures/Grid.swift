/// The arrangement of images in one picture: rows from the left, as near square as it can be unless `columns`
/// says otherwise.
package struct GridLayout: Equatable, Sendable {
    /// The most pixels one side of a picture may have: what PNG readers accept by default.
    package static let maximumSide = 1_000_000
    /// Allowed values of `columns`.
    package static let allowedColumns = 1...100_000
    /// Allowed values of `scale`.
    package static let allowedScales = 1...64

    /// The space between the strokes.
    package enum Background: String, CaseIterable, Sendable {
        /// Black, or white below inverted strokes.
        case solid
        /// Transparent, in formats that have transparency.
        case transparent
    }

    /// Allowed values of `padding`.
    package static let allowedPaddings = 0...1_000

    /// The number of images in a row; nil for as near square as it can be.
    package let columns: Int?
    /// The factor by which images are enlarged.
    package let scale: Int
    /// The way to enlarge them.
    package let filter: ScaleFilter
    /// The number of pixels between images and around them.
    package let padding: Int
    /// Black on white instead of white on black.
    package let invert: Bool
    package let background: Background
    /// Numbers in the margins.
    package let labels: GridLabels?
    /// The factor by which they are enlarged.
    package let labelScale: Int

    /// Labels are enlarged like images unless `labelScale` says otherwise. Throws `ImagingError.layout` for a value out
    /// of its range.
    package init(
        columns: Int? = nil, scale: Int = 1, filter: ScaleFilter = .pixels, padding: Int = 0,
        invert: Bool = false, background: Background = .solid, labels: GridLabels? = nil,
        labelScale: Int? = nil
    ) throws(ImagingError) {
        if let columns, !Self.allowedColumns.contains(columns) {
            throw .layout(name: "the number of columns", value: columns, allowed: Self.allowedColumns)
        }
        guard Self.allowedScales.contains(scale) else {
            throw .layout(name: "the scale", value: scale, allowed: Self.allowedScales)
        }
        let labelScale = labelScale ?? scale
        guard Self.allowedScales.contains(labelScale) else {
            throw .layout(name: "the scale of labels", value: labelScale, allowed: Self.allowedScales)
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
        self.labelScale = labelScale
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

    /// The gray of numbers in the margins.
    var labelShade: UInt8 { invert ? 96 : 160 }

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

    /// The number of pixels that `cells` images of `side` take, with the padding around them and the margin.
    private func extent(_ cells: Int, _ side: Int, margin: Int) -> (value: Int, overflow: Bool) {
        let (scaled, first) = side.multipliedReportingOverflow(by: scale)
        let (padded, second) = scaled.addingReportingOverflow(padding)
        let (all, third) = cells.multipliedReportingOverflow(by: padded)
        let (whole, fourth) = all.addingReportingOverflow(padding + margin * labelScale)
        return (whole, first || second || third || fourth)
    }
}

/// A grid whose sizes are settled and checked: made by `GridLayout.grid`.
package struct Grid: Equatable, Sendable {
    /// The size of one image, before scaling.
    package let size: ImageStack.Size
    package let columns: Int
    package let rows: Int
    package let layout: GridLayout

    /// The width of the whole picture in pixels.
    package var width: Int { left(of: columns) }
    /// The height of the whole picture in pixels.
    package var height: Int { top(of: rows) }
    /// The number of images that the grid has room for.
    package var capacity: Int { columns * rows }

    /// The left edge of a column's images.
    func left(of column: Int) -> Int {
        (layout.labels?.left ?? 0) * layout.labelScale + layout.padding
            + column * (size.width * layout.scale + layout.padding)
    }

    /// The top edge of a row's images.
    func top(of row: Int) -> Int {
        (layout.labels?.top ?? 0) * layout.labelScale + layout.padding
            + row * (size.height * layout.scale + layout.padding)
    }

    /// The squares that the numbers in the margins ink, `labelScale` pixels along a side: their upper left corners.
    func inked(_ labels: GridLabels) -> [(x: Int, y: Int)] {
        let (scale, padding) = (layout.labelScale, layout.padding)
        let width = size.width * layout.scale / scale
        let height = size.height * layout.scale / scale
        let above = labels.columns.prefix(columns).enumerated().flatMap { column, number in
            GridLabels.inked(number, width: width, height: labels.top, centred: true)
                .map { (x: left(of: column) + $0.x * scale, y: padding + $0.y * scale) }
        }
        let beside = labels.rows.prefix(rows).enumerated().flatMap { row, number in
            GridLabels.inked(number, width: labels.left, height: height, centred: false)
                .map { (x: padding + $0.x * scale, y: top(of: row) + $0.y * scale) }
        }
        return above + beside
    }
}

extension GridLayout {
    /// One picture of all images of `stack`. Throws `ImagingError.pictureTooLarge`.
    package func picture(of stack: ImageStack) throws(ImagingError) -> GrayImage {
        var canvas = try GridCanvas(grid(count: stack.count, of: stack.size))
        try canvas.draw(stack)
        return canvas.picture
    }
}

/// A picture into which the images of a grid are drawn as they arrive.
package struct GridCanvas: Sendable {
    private let grid: Grid
    private var drawn = 0
    /// The picture so far; cells without an image have the background's shade.
    package private(set) var picture: GrayImage

    /// Throws `ImagingError.size` when the grid's picture is not possible.
    package init(_ grid: Grid) throws(ImagingError) {
        self.grid = grid
        let background: UInt8 = grid.layout.invert ? 255 : 0
        self.picture = try GrayImage(width: grid.width, height: grid.height, shade: background)
        if let labels = grid.layout.labels { draw(labels) }
    }

    /// Draws the images of `stack` into the next free cells. Throws `ImagingError.pixelCount` when they are
    /// of another size or more than there is room for.
    package mutating func draw(_ stack: ImageStack) throws(ImagingError) {
        guard stack.size == grid.size, stack.count <= grid.capacity - drawn else {
            throw .pixelCount(
                expected: (grid.capacity - drawn) * grid.size.pixelCount, found: stack.slice.count)
        }
        for index in 0..<stack.count { draw(stack[index], cell: drawn + index) }
        drawn += stack.count
    }

    private mutating func draw(_ image: ArraySlice<UInt8>, cell: Int) {
        let scale = grid.layout.scale
        let isInverted = grid.layout.invert
        var target = grid.top(of: cell / grid.columns) * picture.width + grid.left(of: cell % grid.columns)
        let (filter, size) = (grid.layout.filter, grid.size)
        filter.enlarge(image, size, by: scale) { row in
            if isInverted {
                for (offset, shade) in row.enumerated() { picture.pixels[target + offset] = 255 - shade }
            } else {
                picture.pixels.replaceSubrange(target..<target + row.count, with: row)
            }
            target += picture.width
        }
    }

    private mutating func draw(_ labels: GridLabels) {
        let scale = grid.layout.labelScale
        for (x, y) in grid.inked(labels) {
            for row in 0..<scale {
                let start = (y + row) * picture.width + x
                for column in 0..<scale { picture.pixels[start + column] = grid.layout.labelShade }
            }
        }
    }
}
