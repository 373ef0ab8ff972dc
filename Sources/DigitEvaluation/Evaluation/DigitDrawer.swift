import NeuralNetwork
import DigitTraining
import DigitGen
import WeightBundle

/// Draws digits to be measured.
protocol DigitDrawer {
    /// Whether it draws the digit that it is told.
    var isConditional: Bool { get }
    /// The digits that it has learnt.
    var classes: [UInt8] { get }
    /// 784 pixels for each key.
    func pixels(_ keys: [ImageKey]) -> [UInt8]
}

/// The runtime's int8 generator.
struct BundleDrawer: DigitDrawer {
    let generator: DigitGenerator
    let threads: Int

    var isConditional: Bool { generator.isConditional }
    var classes: [UInt8] { generator.classes }

    func pixels(_ keys: [ImageKey]) -> [UInt8] { generator.render(keys, threads: threads) }
}

/// A run's generator in float32, with the runtime's latents: what quantization costs shows beside the bundle.
struct FloatDrawer: DigitDrawer {
    private let generator: FloatGenerator
    let classes: [UInt8]

    /// Throws `QuantizationError` for a generator whose numbers are not finite.
    init(
        _ generator: FoldedGenerator, classes: [UInt8] = Manifest.allClasses, parallel: Parallel
    ) throws(QuantizationError) {
        self.generator = try FloatGenerator(generator, parallel: parallel)
        self.classes = classes
    }

    var isConditional: Bool { generator.generator.architecture.isConditional }

    func pixels(_ keys: [ImageKey]) -> [UInt8] { generator.draw(keys) }
}
