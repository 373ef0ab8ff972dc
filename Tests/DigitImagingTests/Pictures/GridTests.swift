import DigitImaging
import TestSupport
import Testing

@Suite("Grids")
struct GridTests {
    @Test(
        "a grid is as near square as it can be",
        arguments: [
            (1, 1, 1), (2, 2, 1), (3, 2, 2), (4, 2, 2), (10, 4, 3), (16, 4, 4), (17, 5, 4), (100, 10, 10),
        ])
    func nearSquare(count: Int, columns: Int, rows: Int) throws {
        let grid = try GridLayout().grid(count: count, of: .init(width: 28, height: 28))
        #expect((grid.columns, grid.rows) == (columns, rows))
    }

    @Test("wide images stand in fewer columns")
    func wideImages() throws {
        let grid = try GridLayout().grid(count: 4, of: .init(width: 140, height: 28))
        #expect((grid.columns, grid.rows) == (1, 4))
        #expect((grid.width, grid.height) == (140, 112))
    }

    @Test("no grid has a shorter longer side than the default one")
    func shortestLongerSide() throws {
        var random = SeededRandom(seed: 11)
        for _ in 0..<500 {
            let count = Int.random(in: 1...300, using: &random)
            let size = try ImageStack.Size(
                width: Int.random(in: 1...300, using: &random), height: Int.random(in: 1...60, using: &random)
            )
            let grid = try GridLayout().grid(count: count, of: size)
            #expect(grid.capacity >= count && grid.capacity - count < grid.columns)
            let best = (1...count).map { columns in
                max(columns * size.width, ((count - 1) / columns + 1) * size.height)
            }.min()
            #expect(max(grid.width, grid.height) == best, "\(count) of \(size), seed 11")
        }
    }

    @Test("columns beyond the last image are left out")
    func columnsAreLimited() throws {
        let grid = try GridLayout(columns: 50).grid(count: 3, of: .init(width: 28, height: 28))
        #expect((grid.columns, grid.rows) == (3, 1))
    }

    @Test("every pixel stands where its image, column, row, scale and shade put it")
    func pixelsStandInPlace() throws {
        var random = SeededRandom(seed: 12)
        for _ in 0..<60 {
            let (width, height) = (
                Int.random(in: 1...9, using: &random), Int.random(in: 1...9, using: &random)
            )
            let stack = try randomStack(
                count: Int.random(in: 1...12, using: &random), width: width, height: height, using: &random)
            let scale = Int.random(in: 1...4, using: &random)
            let invert = Bool.random(using: &random)
            let columns = Int.random(in: 1...12, using: &random)
            let layout = try GridLayout(columns: columns, scale: scale, invert: invert)
            let grid = try layout.grid(count: stack.count, of: stack.size)
            var canvas = try GridCanvas(grid)
            try canvas.draw(stack)
            var wrong = 0
            for y in 0..<grid.height {
                for x in 0..<grid.width {
                    let cell = y / (height * scale) * grid.columns + x / (width * scale)
                    let inside = (y / scale % height) * width + x / scale % width
                    let shade = cell < stack.count ? stack.pixels[cell * width * height + inside] : 0
                    let expected = invert ? 255 - shade : shade
                    if canvas.picture.pixels[y * grid.width + x] != expected { wrong += 1 }
                }
            }
            #expect(wrong == 0, "\(grid), seed 12")
        }
    }

    @Test("padding lies between images and around them")
    func padding() throws {
        let size = try ImageStack.Size(width: 2, height: 1)
        let layout = try GridLayout(columns: 2, scale: 2, padding: 1)
        var canvas = try GridCanvas(layout.grid(count: 3, of: size))
        try canvas.draw(ImageStack(size: size, pixels: [1, 2, 3, 4, 5, 6]))
        let rows = stride(from: 0, to: canvas.picture.pixels.count, by: canvas.picture.width).map {
            Array(canvas.picture.pixels[$0..<$0 + canvas.picture.width])
        }
        let first: [UInt8] = [0, 1, 1, 2, 2, 0, 3, 3, 4, 4, 0]
        let last: [UInt8] = [0, 5, 5, 6, 6, 0, 0, 0, 0, 0, 0]
        let none = [UInt8](repeating: 0, count: 11)
        #expect(rows == [none, first, first, none, last, last, none])
        #expect(throws: ImagingError.layout(name: "the padding", value: -1, allowed: 0...1000)) {
            try GridLayout(padding: -1)
        }
        #expect(throws: ImagingError.self) { try GridLayout(padding: 1000).grid(count: .max, of: size) }
    }

    @Test("numbers stand in the margins and leave the images as they are", arguments: [1, 3])
    func labels(scale: Int) throws {
        let size = try ImageStack.Size(width: 28, height: 28)
        let stack = try ImageStack(repeating: 200, count: 4, size: size)
        let labels = GridLabels(columns: [0, 1], rows: [7, .max])
        let layout = try GridLayout(columns: 2, scale: scale, padding: 2, labels: labels)
        let grid = try layout.grid(count: 4, of: size)
        var canvas = try GridCanvas(grid)
        let margins = canvas.picture
        try canvas.draw(stack)
        #expect(grid.width == (20 * 6 - 1 + 8) * scale + 3 * 2 + 2 * 28 * scale)
        #expect(grid.height == 15 * scale + 3 * 2 + 2 * 28 * scale)
        #expect(margins.pixels.contains(160))
        let drawn = zip(margins.pixels, canvas.picture.pixels)
        #expect(drawn.filter { $0 != $1 }.count == 4 * 28 * 28 * scale * scale)
        #expect(drawn.allSatisfy { $0 == $1 || ($0 == 0 && $1 == 200) })
    }

    @Test("a canvas refuses images of another size and more than it has room for")
    func canvasRefuses() throws {
        let grid = try GridLayout().grid(count: 4, of: .init(width: 2, height: 2))
        var canvas = try GridCanvas(grid)
        #expect(throws: ImagingError.self) {
            try canvas.draw(ImageStack(size: .init(width: 2, height: 1), pixels: [1, 2]))
        }
        #expect(throws: ImagingError.pixelCount(expected: 16, found: 20)) {
            try canvas.draw(
                ImageStack(size: .init(width: 2, height: 2), pixels: .init(repeating: 1, count: 20)))
        }
    }

    @Test("sizes beyond the limits are refused in words that help, and never overflow")
    func limits() throws {
        let size = try ImageStack.Size(width: 28, height: 28)
        let error = #expect(throws: ImagingError.self) { try GridLayout().grid(count: 1_000_000, of: size) }
        #expect(error == .pictureTooLarge(width: 28_000, height: 28_000))
        #expect(error?.description.contains("fewer images") == true)
        #expect(throws: ImagingError.self) { try GridLayout(scale: 64).grid(count: .max, of: size) }
        #expect(throws: ImagingError.self) { try GridLayout(columns: 1).grid(count: 40_000, of: size) }
        #expect(throws: ImagingError.layout(name: "the scale", value: 0, allowed: 1...64)) {
            try GridLayout(scale: 0)
        }
        #expect(throws: ImagingError.self) { try GridLayout(columns: 0) }
        #expect(throws: ImagingError.self) { try GridLayout(columns: .max) }
        #expect(throws: ImagingError.size(width: .max, height: 2)) {
            try GrayImage(width: .max, height: 2, pixels: [])
        }
        #expect(throws: ImagingError.self) { try GrayImage(width: 0, height: 2, pixels: []) }
        #expect(throws: ImagingError.self) { try GrayImage(width: -1, height: -1, pixels: [1]) }
        #expect(throws: ImagingError.pixelCount(expected: 4, found: 3)) {
            try GrayImage(width: 2, height: 2, pixels: [1, 2, 3])
        }
    }
}
