/// A generator in int8, as a bundle stores it and the runtime runs it.
///
/// A code q of an activation stands for `scale · (q − zeroPoint)`. The latent's scale is 1/44 and its zero
/// point 128: so 44 is the code distance of 1, and the largest of 256 evenly spaced normal quantiles,
/// 2.8856, lands on 127 steps.
package struct QuantizedModel: Equatable, Sendable {
    /// Scale of the latent's codes.
    package static let latentScale: Float = 1 / 44
    /// Zero point of the latent's codes.
    package static let latentZeroPoint: UInt8 = 128

    package var architecture: Architecture
    /// One for each of `architecture.layers`.
    package var layers: [QuantizedLayer]
    /// The pixel for each code of the last layer's output: 256 values.
    package var pixels: [UInt8]

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
/// not, the code before it is kept and `QuantizedModel.pixels` holds its values.)
package struct QuantizedLayer: Equatable, Sendable {
    /// (output channels, …): the shape `GeneratorLayer.Operation` states, in row-major order.
    package var weights: [Int8]
    /// Per output channel: the weight is `weightScales[c] · weights[c, …]`.
    package var weightScales: [Float]
    /// Per output channel, in real units.
    package var biases: [Float]
    package var outputScale: Float
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
