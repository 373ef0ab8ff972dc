import DigitModel

/// Quantized models with random weights.
package enum RandomModel {
    /// Returns a model of the given architecture whose activations use their whole range.
    package static func make(
        _ architecture: Architecture, seed: UInt64, latentSteps: Int = QuantizedModel.standardLatentSteps
    ) -> QuantizedModel {
        var random = SeededRandom(seed: seed)
        var inputScale = 1 / Float(latentSteps)
        let layers = architecture.layers.enumerated().map { index, layer in
            let made = self.layer(
                layer, inputs: index == 0 ? architecture.inputSize : nil, inputScale: inputScale,
                random: &random)
            inputScale = made.outputScale
            return made
        }
        var model = QuantizedModel(
            architecture: architecture, layers: layers,
            pixels: (0..<(architecture.drawsInk ? 0 : 256)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            })
        model.latentSteps = latentSteps
        if architecture.drawsInk {
            model.speckSize = Int.random(in: 0...8, using: &random)
            model.sourceRule = Bool.random(using: &random) ? .measured : .independent
        }
        return model
    }

    /// Returns a random architecture that ends in 28 × 28: dense layers, or convolutions of any kernel and stride.
    package static func architecture(seed: UInt64) -> Architecture {
        var random = SeededRandom(seed: seed)
        var result = Architecture(
            latentSize: Int.random(in: 1...70, using: &random),
            classCount: Bool.random(using: &random) ? 10 : 0,
            labelScale: 2, layers: [])
        if result.classCount == 0 { result.labelScale = 0 }
        func activation() -> GeneratorLayer.Activation { Bool.random(using: &random) ? .relu : .leakyReLU }
        func channels() -> Int { Int.random(in: 1...40, using: &random) }
        func kernel() -> Int { Int.random(in: 1...5, using: &random) }
        if Int.random(in: 0..<3, using: &random) == 0 {
            result.appendDense(Volume(height: 1, width: 1, channels: channels()), activation: activation())
            result.appendDense(Volume(height: 28, width: 28, channels: 1), activation: .tanh)
            return result
        }
        result.appendDense(Volume(height: 14, width: 14, channels: channels()), activation: activation())
        switch Int.random(in: 0..<6, using: &random) {
        case 0:
            result.appendConvolution(
                kernel: kernel(), stride: 1, channels: channels(), activation: activation())
            result.appendTransposedConvolution(
                kernel: Int.random(in: 2...6, using: &random), stride: 2, channels: 1, activation: .tanh)
        case 1:
            result.appendConvolution(
                kernel: Int.random(in: 2...5, using: &random), stride: 2, channels: channels(),
                activation: activation())
            result.appendTransposedConvolution(
                kernel: kernel() + 1, stride: 2, channels: channels(), activation: activation())
            result.appendTransposedConvolution(
                kernel: kernel() + 1, stride: 2, channels: 1, activation: .tanh)
        case 2:
            result.appendTransposedConvolution(
                kernel: kernel() + 1, stride: 2, channels: channels(), activation: activation())
            result.appendConvolution(kernel: kernel(), stride: 1, channels: 1, activation: .tanh)
        case 3:
            result.appendTransposedConvolution(
                kernel: kernel() + 1, stride: 2, channels: channels(), activation: activation())
            result.appendConvolution(
                kernel: 2 * Int.random(in: 0...2, using: &random) + 1, stride: 1, channels: 1,
                activation: .ink)
        case 4:
            result.appendTransposedConvolution(
                kernel: Int.random(in: 2...6, using: &random), stride: 2, channels: 1, activation: .ink)
        default:
            result.appendTransposedConvolution(
                kernel: kernel(), stride: 1, channels: channels(), activation: activation())
            result.appendTransposedConvolution(kernel: 4, stride: 2, channels: 1, activation: .tanh)
        }
        return result
    }

    private static func layer(
        _ layer: GeneratorLayer, inputs: Int?, inputScale: Float, random: inout SeededRandom
    ) -> QuantizedLayer {
        let columns: Int
        let weightsPerColumn: Int
        switch layer.operation {
        case .dense:
            columns = layer.output.count
            weightsPerColumn = inputs ?? layer.input.count
        case .convolution(let kernel, _), .transposedConvolution(let kernel, _):
            columns = layer.output.channels
            weightsPerColumn = kernel * kernel * layer.input.channels
        }
        // Uniform bytes have a deviation of 74, so sums of n products spread over about 74² √n. The scale maps them to
        // most of a code's range.
        let spread = 74 * 74 * Float(weightsPerColumn).squareRoot()
        let outputScale = Float.random(in: 0.01...0.1, using: &random)
        guard layer.activation != .ink else {
            return field(weightsPerColumn, spread: spread, inputScale: inputScale, random: &random)
        }
        return QuantizedLayer(
            weights: (0..<columns * weightsPerColumn).map { _ in Int8.random(in: -128...127, using: &random)
            },
            weightScales: (0..<columns).map { _ in
                Float.random(in: 20...60, using: &random) * outputScale / (spread * inputScale)
            },
            biases: (0..<columns).map { _ in Float.random(in: -60...60, using: &random) * outputScale },
            outputScale: outputScale, outputZeroPoint: UInt8.random(in: 0...200, using: &random))
    }

    /// A field's last layer, with ink here and there: its weights add up to about 0, whatever codes are on average.
    private static func field(
        _ count: Int, spread: Float, inputScale: Float, random: inout SeededRandom
    ) -> QuantizedLayer {
        let scale = Float.random(in: 0.01...0.1, using: &random)
        let half = (0..<count / 2).map { _ in Int8.random(in: -127...127, using: &random) }
        let weights = (half + half.map { -$0 } + (count.isMultiple(of: 2) ? [] : [1])).shuffled(
            using: &random)
        return QuantizedLayer(
            weights: weights, weightScales: [scale],
            biases: [Float.random(in: -0.5...0.5, using: &random) * spread * scale * inputScale],
            outputScale: inputScale * scale, outputZeroPoint: 0)
    }
}
