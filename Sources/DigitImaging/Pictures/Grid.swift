/// A grid whose sizes are settled and checked: made by `GridLayout.grid`.
package struct Grid: Equatable, Sendable {
    /// The size of one image, before scaling.
    package let size: ImageStack.Size
    package let columns: Int
    package let rows: Int
    package let layout: GridLayout

    /// Pixels of the whole picture, from left to right.
    package var width: Int { left(of: columns) }
    /// Pixels of the whole picture, from top to bottom.
    package var height: Int { top(of: rows) }
    /// Images that the grid has room for.
    package var capacity: Int { columns * rows }

    /// Where the images of a column begin.
    func left(of column: Int) -> Int {
        (layout.labels?.left ?? 0) * layout.scale + layout.padding
            + column * (size.width * layout.scale + layout.padding)
    }

    /// Where the images of a row begin.
    func top(of row: Int) -> Int {
        (layout.labels?.top ?? 0) * layout.scale + layout.padding
            + row * (size.height * layout.scale + layout.padding)
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
                expected: (grid.capacity - drawn) * grid.size.pixelCount, found: stack.pixels.count)
        }
        for index in 0..<stack.count {
            let start = index * grid.size.pixelCount
            draw(stack.pixels[start..<start + grid.size.pixelCount], cell: drawn + index)
        }
        drawn += stack.count
    }

    private mutating func draw(_ image: ArraySlice<UInt8>, cell: Int) {
        let scale = grid.layout.scale
        let isInverted = grid.layout.invert
        var target = grid.top(of: cell / grid.columns) * picture.width + grid.left(of: cell % grid.columns)
        let (filter, size) = (grid.layout.filter, grid.size)
        filter.enlarge(image, size, by: scale) { row in
            let shades = isInverted ? row.map { 255 - $0 }[...] : row
            picture.pixels.replaceSubrange(target..<target + shades.count, with: shades)
            target += picture.width
        }
    }

    private mutating func draw(_ labels: GridLabels) {
        let scale = grid.layout.scale
        for (column, number) in labels.columns.prefix(grid.columns).enumerated() {
            let ink = GridLabels.inked(number, width: grid.size.width, height: labels.top, centred: true)
            draw(ink, left: grid.left(of: column), top: grid.layout.padding, scale)
        }
        for (row, number) in labels.rows.prefix(grid.rows).enumerated() {
            let ink = GridLabels.inked(number, width: labels.left, height: grid.size.height, centred: false)
            draw(ink, left: grid.layout.padding, top: grid.top(of: row), scale)
        }
    }

    private mutating func draw(_ ink: [(x: Int, y: Int)], left: Int, top: Int, _ scale: Int) {
        let shade: UInt8 = grid.layout.invert ? 96 : 160
        for (x, y) in ink {
            for row in 0..<scale {
                let start = (top + y * scale + row) * picture.width + left + x * scale
                for column in 0..<scale { picture.pixels[start + column] = shade }
            }
        }
    }
}
