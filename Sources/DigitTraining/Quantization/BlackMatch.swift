import DigitGen
import DigitModel
import NeuralNetwork
import Platform

/// A quantized model whose digits have as much black as the images it learnt from.
///
/// A generator comes near to a black background but seldom reaches it: around its digits, and in speckles, it leaves
/// grays of up to 16 steps that real images do not have. Nobody sees them, but they make pictures a fifth to a half
/// longer in files, and networks notice. The last table of a quantized model, from codes to pixels, can make
/// them black at no cost.
package struct BlackMatch {
    package let model: QuantizedModel
    /// The darkest gray that is left, 1…255.
    package let darkestGray: UInt8

    /// The number of images drawn to count the codes.
    private static let imageCount = 10_000

    /// Matches the share of black in what `model` draws with that in `images`. It does not matter whether it has been
    /// matched before: the same weights and images give the same result.
    ///
    /// - Parameters:
    ///   - model: valid, as `QuantizedModel.validate()` says.
    ///   - classes: the digits that it has learnt.
    ///   - images: pixels, at least one.
    package init(
        _ model: QuantizedModel, classes: [UInt8] = Manifest.allClasses, to images: [UInt8],
        parallel: Parallel
    ) {
        precondition(!images.isEmpty)
        var drawn = model
        drawn.pixels = Array(0...255)
        let plan = InferencePlan(drawn, tier: KernelTier.available[0])
        let keys = ImageKey.inTurn(0..<BlackMatch.imageCount, seed: 0xB1AC_5EED, digits: classes)
        var counts = [Int](repeating: 0, count: 256)
        for code in plan.pixels(keys, threads: parallel.threads) { counts[Int(code)] += 1 }

        let last = model.layers[model.layers.count - 1]
        drawn.pixels = PixelTable.blackened(
            PixelTable.pixels(scale: last.outputScale, zeroPoint: last.outputZeroPoint), counts: counts,
            blackShare: Double(images.count { $0 == 0 }) / Double(images.count))
        self.model = drawn
        darkestGray = drawn.pixels.filter { $0 > 0 }.min() ?? 255
    }
}

/// The table from the last layer's codes to pixels.
enum PixelTable {
    /// round(127.5 · (tanh(scale · (q − zeroPoint)) + 1)) for each code q.
    static func pixels(scale: Float, zeroPoint: UInt8) -> [UInt8] {
        (0..<256).map { code in
            UInt8(value(scale * Float(code - Int(zeroPoint))).rounded(.toNearestOrEven))
        }
    }

    /// The pixel of a pre-activation, 0…255, not rounded.
    static func value(_ preactivation: Float) -> Float {
        127.5 * (tanhf(preactivation) + 1)
    }

    /// `pixels` with black for as many of the first codes as bring the share of black pixels nearest to `blackShare`.
    ///
    /// - Parameters:
    ///   - pixels: a table of 256 that does not fall from one code to the next.
    ///   - counts: how often each code comes.
    static func blackened(_ pixels: [UInt8], counts: [Int], blackShare: Double) -> [UInt8] {
        precondition(pixels.count == 256 && counts.count == 256)
        let wanted = blackShare * Double(counts.reduce(0, +))
        var black = 0
        let firstGray = counts.firstIndex { count in
            defer { black += count }
            return Double(black) + Double(count) / 2 > wanted
        }
        let end = firstGray ?? 256
        return [UInt8](repeating: 0, count: end) + pixels[end...]
    }
}
