extension QuantizedModel {
    /// The magnitude, in output steps, that no code may reach before it is clamped: far beyond what quantization
    /// makes, and near enough that every conversion to int32 is defined.
    static let codeLimit: Float = 0x1p30

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
        guard pixels.count == 256 else {
            throw .tensor("pixels", found: "\(pixels.count) elements", expected: "256")
        }
        var inputScale = Self.latentScale
        for (index, layer) in layers.enumerated() {
            try layer.validate(at: index, architecture.layers[index], inputScale: inputScale)
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
