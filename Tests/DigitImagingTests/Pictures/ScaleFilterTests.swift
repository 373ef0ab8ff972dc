import TestSupport
import Testing

@testable import DigitImaging

@Suite("Enlarging")
struct ScaleFilterTests {
    @Test("by 1 an image stays what it is", arguments: ScaleFilter.allCases)
    func identity(filter: ScaleFilter) throws {
        var random = SeededRandom(seed: 81)
        let stack = try randomStack(count: 1, width: 9, height: 5, using: &random)
        #expect(enlarged(filter, stack.pixels, stack.size, by: 1) == stack.pixels)
    }

    @Test("an even image stays even", arguments: [0, 1, 127, 255] as [UInt8])
    func even(shade: UInt8) throws {
        let size = try ImageStack.Size(width: 6, height: 3)
        for scale in [2, 3, 8, 64] {
            let pixels = [UInt8](repeating: shade, count: 18)
            let large = enlarged(.smooth, pixels, size, by: scale)
            #expect(large == [UInt8](repeating: shade, count: 18 * scale * scale))
        }
    }

    @Test("a slope stays a slope, away from its ends")
    func slope() throws {
        let size = try ImageStack.Size(width: 16, height: 1)
        let pixels = (0..<16).map { UInt8($0 * 16) }
        for scale in [2, 3, 4, 5] {
            let large = enlarged(.smooth, pixels, size, by: scale)
            for x in 2 * scale..<13 * scale {
                // The new pixel's centre, on the scale of the old ones.
                let centre = (Double(x) + 0.5) / Double(scale) - 0.5
                #expect(abs(Double(large[x]) - 16 * centre) <= 0.5, "scale \(scale), x \(x)")
            }
        }
    }

    @Test("smooth pixels are those of the cubic convolution in floating point")
    func reference() throws {
        var random = SeededRandom(seed: 82)
        for _ in 0..<20 {
            let (width, height) = (
                Int.random(in: 1...9, using: &random), Int.random(in: 1...9, using: &random)
            )
            let scale = Int.random(in: 2...9, using: &random)
            let stack = try randomStack(count: 1, width: width, height: height, using: &random)
            let large = enlarged(.smooth, stack.pixels, stack.size, by: scale)
            for y in 0..<height * scale {
                for x in 0..<width * scale {
                    let expected = interpolated(stack, x: x, y: y, scale: scale)
                    let found = Double(large[y * width * scale + x])
                    #expect(abs(found - expected) <= 0.5001, "seed 82")
                }
            }
        }
    }

    private func enlarged(
        _ filter: ScaleFilter, _ pixels: [UInt8], _ size: ImageStack.Size, by scale: Int
    ) -> [UInt8] {
        var large: [UInt8] = []
        filter.enlarge(pixels[...], size, by: scale) { large += $0 }
        return large
    }

    private func interpolated(_ stack: ImageStack, x: Int, y: Int, scale: Int) -> Double {
        let (u, v) = (
            (Double(x) + 0.5) / Double(scale) - 0.5, (Double(y) + 0.5) / Double(scale) - 0.5
        )
        var sum = 0.0
        for row in Int(v.rounded(.down)) - 1...Int(v.rounded(.down)) + 2 {
            for column in Int(u.rounded(.down)) - 1...Int(u.rounded(.down)) + 2 {
                let near = min(max(column, 0), stack.size.width - 1)
                let line = min(max(row, 0), stack.size.height - 1)
                let shade = Double(stack.pixels[line * stack.size.width + near])
                sum += shade * kernel(u - Double(column)) * kernel(v - Double(row))
            }
        }
        return min(max(sum, 0), 255)
    }

    /// Keys's kernel with a = −½.
    private func kernel(_ distance: Double) -> Double {
        let x = abs(distance)
        if x < 1 { return 1.5 * x * x * x - 2.5 * x * x + 1 }
        if x < 2 { return -0.5 * x * x * x + 2.5 * x * x - 4 * x + 2 }
        return 0
    }
}
