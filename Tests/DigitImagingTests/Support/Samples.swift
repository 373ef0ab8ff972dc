import DigitImaging
import Testing

/// Random numbers that a seed repeats (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// `count` images of random shades.
func randomStack(
    count: Int, width: Int, height: Int, using random: inout SeededGenerator
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
