import Testing

@testable import DigitGen

@Suite("Measured style")
struct MeasuredStyleTests {
    /// A stroke from (14 − lean · 10, 24) to (14 + lean · 10, 4) with a width, sampled finely.
    private func stroke(lean: Double, width: Double, top: Double = 4, bottom: Double = 24) -> MeasuredStyle {
        let samples = 16
        var pixels = [UInt8](repeating: 0, count: 784)
        for y in 0..<28 {
            for x in 0..<28 {
                var inside = 0
                for sample in 0..<samples * samples {
                    let px = Double(x) + (Double(sample % samples) + 0.5) / Double(samples)
                    let py = Double(y) + (Double(sample / samples) + 0.5) / Double(samples)
                    guard py >= top, py < bottom else { continue }
                    if abs(px - 14 - lean * (14 - py)) < width / 2 { inside += 1 }
                }
                pixels[y * 28 + x] = UInt8((255 * inside + samples * samples / 2) / (samples * samples))
            }
        }
        return pixels.withUnsafeBufferPointer { MeasuredStyle($0.baseAddress!) }
    }

    @Test("slant is the lean from the vertical in degrees, positive to the right")
    func slant() {
        for (lean, degrees) in [(0.0, 0.0), (0.36397, 20), (-0.17633, -10), (0.57735, 30)] {
            let measured = Double(stroke(lean: lean, width: 3).slant) / 100
            #expect(abs(measured - degrees) < 0.5, "\(degrees): \(measured)")
        }
    }

    @Test(
        "thickness is the stroke's width in parts of the height, width that of the box",
        arguments: [2.0, 3, 4])
    func thickness(width: Double) {
        let measured = stroke(lean: 0, width: width)
        // Both ends of the stroke add to its outline.
        let expected = width * 20 / (width + 20) / 20
        #expect(abs(Double(measured.thickness) / 10_000 - expected) < 0.004)
        #expect(abs(Double(measured.width) / 1_000 - width / 20) < 0.02)
    }

    @Test("an empty picture and a single pixel measure without a trap")
    func empty() {
        var pixels = [UInt8](repeating: 0, count: 784)
        let none = pixels.withUnsafeBufferPointer { MeasuredStyle($0.baseAddress!) }
        #expect(none.slant == 0 && none.thickness == 0 && none.width == 0)
        pixels[100] = 1
        let one = pixels.withUnsafeBufferPointer { MeasuredStyle($0.baseAddress!) }
        #expect(one.slant == 0 && one.width == 1_000)
        let all = [UInt8](repeating: 255, count: 784).withUnsafeBufferPointer {
            MeasuredStyle($0.baseAddress!)
        }
        #expect(all.slant == 0 && all.width == 1_000)
    }
}
