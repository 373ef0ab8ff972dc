import DigitDataSets
import DigitGen
import DigitModel
import NeuralNetwork

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

    /// Images drawn to find out how often each code comes.
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
        var codes = [UInt8](repeating: 0, count: keys.count * plan.imageSize.pixelCount)
        codes.withUnsafeMutableBufferPointer { plan.run(keys, into: $0, threads: parallel.threads) }
        var counts = [Int](repeating: 0, count: 256)
        for code in codes { counts[Int(code)] += 1 }

        let last = model.layers[model.layers.count - 1]
        drawn.pixels = PixelTable.blackened(
            PixelTable.pixels(scale: last.outputScale, zeroPoint: last.outputZeroPoint), counts: counts,
            blackShare: Double(images.count { $0 == 0 }) / Double(images.count))
        self.model = drawn
        darkestGray = drawn.pixels.filter { $0 > 0 }.min() ?? 255
    }
}
