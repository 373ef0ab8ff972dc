import DigitImaging
import TestSupport
import Testing

/// `count` images of random shades.
func randomStack(
    count: Int, width: Int, height: Int, using random: inout SeededRandom
) throws -> ImageStack {
    let size = try ImageStack.Size(width: width, height: height)
    let pixels = (0..<count * size.pixelCount).map { _ in UInt8.random(in: 0...255, using: &random) }
    return try ImageStack(size: size, pixels: pixels)
}

/// What `format` makes of `stack`, handed over in pieces of `piece` images.
func file(
    _ format: any ImageFormat, of stack: ImageStack, layout: GridLayout, texts: [PNGText] = [], piece: Int = 1
) throws -> [UInt8] {
    let sink = MemorySink()
    let job = ImageJob(count: stack.count, size: stack.size, layout: layout, texts: texts)
    let writer = try format.writer(for: job, to: sink)
    for start in stride(from: 0, to: stack.count, by: piece) {
        let end = min(start + piece, stack.count)
        let pixels = stack.pixels[start * stack.size.pixelCount..<end * stack.size.pixelCount]
        try writer.append(ImageStack(size: stack.size, pixels: Array(pixels)))
    }
    try writer.finish()
    #expect(sink.isFinished)
    return sink.bytes
}

extension ImageStack {
    /// Images of one shade.
    init(repeating shade: UInt8, count: Int, size: Size) throws {
        try self.init(size: size, pixels: [UInt8](repeating: shade, count: count * size.pixelCount))
    }
}
