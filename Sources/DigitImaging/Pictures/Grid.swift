/// A grid whose sizes are settled and checked: made by `GridLayout.grid`.
package struct Grid: Equatable, Sendable {
    /// The size of one image, before scaling.
    package let size: ImageStack.Size
    package let columns: Int
    package let rows: Int
    package let scale: Int
    package let invert: Bool

    /// Pixels of the whole picture, from left to right.
    package var width: Int { columns * size.width * scale }
    /// Pixels of the whole picture, from top to bottom.
    package var height: Int { rows * size.height * scale }
    /// Images that the grid has room for.
    package var capacity: Int { columns * rows }
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
        self.picture = try GrayImage(width: grid.width, height: grid.height, shade: grid.invert ? 255 : 0)
    }

    /// Draws the images of `stack` into the next free cells. Throws `ImagingError.pixelCount` when they are
    /// of another size or more than there is room for.
    package mutating func draw(_ stack: ImageStack) throws(ImagingError) {
        guard stack.size == grid.size, stack.count <= grid.capacity - drawn else {
            throw .pixelCount(
                expected: (grid.capacity - drawn) * grid.size.pixelCount, found: stack.pixels.count)
        }
        for index in 0..<stack.count {
            draw(stack.pixels[(index * grid.size.pixelCount)...], cell: drawn + index)
        }
        drawn += stack.count
    }

    private mutating func draw(_ image: ArraySlice<UInt8>, cell: Int) {
        let scale = grid.scale
        let left = cell % grid.columns * grid.size.width * scale
        let top = cell / grid.columns * grid.size.height * scale
        let flip: UInt8 = grid.invert ? 255 : 0
        var source = image.startIndex
        for y in 0..<grid.size.height {
            let row = (top + y * scale) * grid.width + left
            var target = row
            for _ in 0..<grid.size.width {
                let shade = image[source] ^ flip
                for _ in 0..<scale {
                    picture.pixels[target] = shade
                    target += 1
                }
                source += 1
            }
            for copy in 1..<max(scale, 1) {
                let below = row + copy * grid.width
                for x in 0..<(target - row) { picture.pixels[below + x] = picture.pixels[row + x] }
            }
        }
    }
}
