/// A generator in int8, as a bundle stores it and the runtime runs it.
///
/// A code q of an activation stands for `scale · (q − zeroPoint)`. The latent's zero point is 128, and its scale
/// 1/`latentSteps`.
package struct QuantizedModel: Equatable, Sendable {
    /// The steps a unit of most bundles: with them, the largest of 256 evenly spaced normal quantiles, 2.8856, is 127
    /// steps from 0.
    package static let standardLatentSteps = 44
    /// Zero point of the latent's codes.
    package static let latentZeroPoint: UInt8 = 128

    package var architecture: Architecture
    /// One for each of `architecture.layers`.
    package var layers: [QuantizedLayer]
    /// The pixel for each code of the last layer's output: 256 values; none for a generator of ink.
    package var pixels: [UInt8]
    /// The most positive numbers of a speck, a piece of the field of an ink generator that is cleared before the ink is
    /// drawn; 0 to clear none.
    package var speckSize = 0
    /// How an ink generator's pictures are scanned.
    package var sourceRule = InkSource.Rule.independent
    /// How far the latent's codes of 0 and 1 are apart. The fewer, the further from 0 do codes go: to
    /// 127/`latentSteps`.
    package var latentSteps = QuantizedModel.standardLatentSteps
    /// The latents whose forms diverse digits have; nil for those of their hands.
    package var forms: EvenForms?
    /// Scale of the latent's codes.
    package var latentScale: Float { 1 / Float(latentSteps) }

    package init(architecture: Architecture, layers: [QuantizedLayer], pixels: [UInt8]) {
        self.architecture = architecture
        self.layers = layers
        self.pixels = pixels
    }
}

/// The numbers of one quantized layer.
///
/// With integer accumulator `a = Σ (x − xZero) · weight`, the output code of channel c is
/// `clamp(round(activation(a · m[c] + b[c])) + outputZeroPoint)` where
/// `m[c] = inputScale · weightScales[c] / outputScale` and `b[c] = biases[c] / outputScale`,
/// each operation rounded once to float32 and `round` to the nearest, ties to even. (The activation
/// functions are positively homogeneous, so they may be applied in units of output steps; for tanh, which is
/// not, the code before it is kept and `QuantizedModel.pixels` holds its values. For ink m is 1, and the field is
/// `(a + fieldBias) >> fieldShift`.)
package struct QuantizedLayer: Equatable, Sendable {
    /// (output channels, …): the shape `GeneratorLayer.Operation` states, in row-major order.
    package var weights: [Int8]
    /// Per output channel: the weight is `weightScales[c] · weights[c, …]`.
    package var weightScales: [Float]
    /// Per output channel, in real units.
    package var biases: [Float]
    /// Real units in a step of the output's codes.
    package var outputScale: Float
    /// The code of 0 in real units.
    package var outputZeroPoint: UInt8

    package init(
        weights: [Int8], weightScales: [Float], biases: [Float], outputScale: Float, outputZeroPoint: UInt8
    ) {
        self.weights = weights
        self.weightScales = weightScales
        self.biases = biases
        self.outputScale = outputScale
        self.outputZeroPoint = outputZeroPoint
    }
}

/// The field of a generator of ink, of whose last layer these are.
extension QuantizedLayer {
    /// The bias in units of the accumulator, which are those of the layer's output.
    package var fieldBias: Int32 { Int32((biases[0] / outputScale).rounded(.toNearestOrEven)) }

    /// The number of bits that the field loses so that its magnitude stays below 2^20, for which finishing has room.
    package var fieldShift: Int32 {
        let limit = weights.reduce(Int(fieldBias.magnitude)) { $0 + 255 * Int($1.magnitude) }
        return Int32(max(0, Int.bitWidth - limit.leadingZeroBitCount - 20))
    }
}

extension QuantizedModel {
    /// The limit of a code's magnitude before clamping: far beyond what quantization makes, and small enough that
    /// every conversion to int32 is defined.
    static let codeLimit: Float = 0x1p30

    /// The sizes that a bundle can hold.
    static let speckSizes = 1...64
    static let speckExpectation = "a whole number from 1 to 64, with a generator of ink"
    static let sourceExpectation = "measured, with a generator of ink"

    /// The steps that a bundle can hold: at most those with which all quantiles have codes.
    static let latentStepCounts = 16...standardLatentSteps
    static let latentStepsExpectation = "a whole number from 16 to 44"

    /// Checks that the numbers fit the architecture and that no sum of them can leave the range of its type.
    ///
    /// - Throws: `BundleError.architecture` and, for the numbers, `BundleError.value` with the name a bundle
    ///   gives the tensor.
    package func validate() throws(BundleError) {
        try architecture.validate()
        guard layers.count == architecture.layers.count else {
            throw .architecture(
                layer: nil, found: "numbers of \(layers.count) layers",
                expected: "\(architecture.layers.count)")
        }
        let pixelCount = architecture.drawsInk ? 0 : 256
        guard pixels.count == pixelCount else {
            throw .tensor("pixels", found: "\(pixels.count) elements", expected: "\(pixelCount)")
        }
        guard speckSize == 0 || architecture.drawsInk && Self.speckSizes.contains(speckSize) else {
            throw .metadata(
                key: Manifest.MetadataKey.specks.rawValue, found: "\(speckSize)",
                expected: Self.speckExpectation)
        }
        guard sourceRule == .independent || architecture.drawsInk else {
            throw .metadata(
                key: Manifest.MetadataKey.sources.rawValue, found: sourceRule.rawValue,
                expected: Self.sourceExpectation)
        }
        guard Self.latentStepCounts.contains(latentSteps) else {
            throw .metadata(
                key: Manifest.MetadataKey.latentSteps.rawValue, found: "\(latentSteps)",
                expected: Self.latentStepsExpectation)
        }
        if forms != nil, architecture.classCount == 0 {
            throw .metadata(
                key: Manifest.MetadataKey.forms.rawValue, found: "forms of a model without labels",
                expected: "none")
        }
        var inputScale = latentScale
        for (index, layer) in layers.enumerated() {
            try layer.validate(at: index, architecture.layers[index], inputScale: inputScale)
            if architecture.layers[index].activation == .ink {
                try layer.validateField(at: index, inputScale: inputScale)
            }
            inputScale = layer.outputScale
        }
    }
}

extension QuantizedLayer {
    /// The tensors of one layer, named only when one of them is wrong.
    private enum Tensor: String {
        case weight
        case weightScale = "weight_scale"
        case bias
        case outputScale = "output_scale"
    }

    fileprivate func validate(
        at index: Int, _ layer: GeneratorLayer, inputScale: Float
    ) throws(BundleError) {
        try Self.check(weights.count, layer.weightCount, of: .weight, at: index)
        try Self.check(weightScales.count, layer.outputChannels, of: .weightScale, at: index)
        try Self.check(biases.count, layer.outputChannels, of: .bias, at: index)
        guard Self.isScale(outputScale) else {
            throw Self.wrong(
                .outputScale, at: index, 0, "\(outputScale)", expected: "a positive normal number")
        }
        // No accumulator is further from zero: see Architecture.Limits.weightsPerOutput.
        let accumulatorLimit = Float(layer.weightsPerOutput * 255 * 128)
        for (channel, (scale, bias)) in zip(weightScales, biases).enumerated() {
            guard Self.isScale(scale) else {
                throw Self.wrong(
                    .weightScale, at: index, channel, "\(scale)", expected: "a positive normal number")
            }
            guard bias.isFinite else {
                throw Self.wrong(.bias, at: index, channel, "\(bias)", expected: "a finite number")
            }
            let multiplier = inputScale * scale / outputScale
            let offset = bias / outputScale
            // Written so that NaN and infinity fail.
            guard accumulatorLimit * multiplier + abs(offset) < QuantizedModel.codeLimit else {
                throw Self.wrong(
                    .weightScale, at: index, channel, "scale \(scale) and bias \(bias)",
                    expected: "codes below 2^30 in steps of \(outputScale)")
            }
        }
    }

    /// A field is in units of the accumulator.
    fileprivate func validateField(at index: Int, inputScale: Float) throws(BundleError) {
        let unit = inputScale * weightScales[0]
        guard outputScale == unit, outputZeroPoint == 0 else {
            throw Self.wrong(
                .outputScale, at: index, 0, "\(outputScale) and zero point \(outputZeroPoint)",
                expected: "\(unit) and 0, for a field")
        }
    }

    /// A subnormal scale would lose the precision of products.
    private static func isScale(_ scale: Float) -> Bool {
        scale.isNormal && scale > 0
    }

    private static func check(
        _ count: Int, _ expected: Int, of tensor: Tensor, at index: Int
    ) throws(BundleError) {
        guard count == expected else {
            throw .tensor(
                "layers.\(index).\(tensor.rawValue)", found: "\(count) elements", expected: "\(expected)")
        }
    }

    private static func wrong(
        _ tensor: Tensor, at index: Int, _ element: Int, _ found: String, expected: String
    ) -> BundleError {
        .value(
            tensor: "layers.\(index).\(tensor.rawValue)", index: element, found: found, expected: expected)
    }
}
