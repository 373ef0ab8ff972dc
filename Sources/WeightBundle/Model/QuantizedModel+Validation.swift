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
    fileprivate func validate(
        at index: Int, _ layer: GeneratorLayer, inputScale: Float
    ) throws(BundleError) {
        let prefix = "layers.\(index)."
        try Self.checkCount(of: weights, layer.weightCount, tensor: prefix + "weight")
        try Self.checkCount(of: weightScales, layer.outputChannels, tensor: prefix + "weight_scale")
        try Self.checkCount(of: biases, layer.outputChannels, tensor: prefix + "bias")
        try Self.checkScale(outputScale, tensor: prefix + "output_scale", index: 0)
        // No accumulator is further from zero: see Architecture.Limits.weightsPerOutput.
        let accumulatorLimit = Float(layer.weightsPerOutput * 255 * 128)
        for channel in 0..<layer.outputChannels {
            try Self.checkScale(weightScales[channel], tensor: prefix + "weight_scale", index: channel)
            guard biases[channel].isFinite else {
                throw .value(
                    tensor: prefix + "bias", index: channel, found: "\(biases[channel])",
                    expected: "a finite number")
            }
            let multiplier = inputScale * weightScales[channel] / outputScale
            let offset = biases[channel] / outputScale
            // Written so that NaN and infinity fail.
            guard accumulatorLimit * multiplier + abs(offset) < QuantizedModel.codeLimit else {
                throw .value(
                    tensor: prefix + "weight_scale", index: channel,
                    found: "scale \(weightScales[channel]) and bias \(biases[channel])",
                    expected: "codes below 2^30 in steps of \(outputScale)")
            }
        }
    }

    private static func checkCount(of values: [some Any], _ count: Int, tensor: String) throws(BundleError) {
        guard values.count == count else {
            throw .tensor(tensor, found: "\(values.count) elements", expected: "\(count)")
        }
    }

    /// A scale is a positive, finite, normal number: a subnormal one would lose the precision of products.
    private static func checkScale(_ scale: Float, tensor: String, index: Int) throws(BundleError) {
        guard scale.isNormal, scale > 0 else {
            throw .value(
                tensor: tensor, index: index, found: "\(scale)", expected: "a positive normal number")
        }
    }
}
