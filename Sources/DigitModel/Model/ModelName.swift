/// The shipped models: the three of Qin and Shan's comparison (J. Phys.: Conf. Ser. 1827
/// 012070, 2021) and two better conditional ones.
package enum ModelName: String, CaseIterable, Sendable {
    /// Unconditional, dense layers only.
    case gan
    /// Conditional, dense layers only.
    case cgan
    /// Unconditional, transposed convolutions.
    case dcgan
    /// Conditional, convolutions.
    case cdcgan
    /// Conditional, convolutions; draws ink, in a style; the default.
    case ink

    /// The generator's layers, batch normalization left out.
    package var architecture: Architecture {
        switch self {
        case .gan: Self.denseGenerator(classCount: 0, labelScale: 0)
        case .cgan: Self.denseGenerator(classCount: 10, labelScale: 1)
        case .dcgan: Self.deepConvolutionalGenerator
        case .cdcgan: Self.conditionalConvolutionalGenerator
        case .ink: Self.inkGenerator
        }
    }

    private static func denseGenerator(classCount: Int, labelScale: Int) -> Architecture {
        var generator = Architecture(
            latentSize: 100, classCount: classCount, labelScale: labelScale, layers: [])
        for units in [256, 512, 1024] {
            generator.appendDense(Volume(height: 1, width: 1, channels: units), activation: .leakyReLU)
        }
        generator.appendDense(.image, activation: .tanh)
        return generator
    }

    private static var deepConvolutionalGenerator: Architecture {
        var generator = Architecture(latentSize: 100, classCount: 0, labelScale: 0, layers: [])
        generator.appendDense(Volume(height: 7, width: 7, channels: 256), activation: .relu)
        generator.appendTransposedConvolution(kernel: 5, stride: 1, channels: 128, activation: .relu)
        generator.appendTransposedConvolution(kernel: 5, stride: 2, channels: 64, activation: .relu)
        generator.appendTransposedConvolution(kernel: 5, stride: 2, channels: 1, activation: .tanh)
        return generator
    }

    private static var conditionalConvolutionalGenerator: Architecture {
        convolutionalGenerator(lastActivation: .tanh)
    }

    /// `cdcgan`'s layers: trained with soft pictures at first, they draw the field nearly as they draw gray levels.
    private static var inkGenerator: Architecture { convolutionalGenerator(lastActivation: .ink) }

    private static func convolutionalGenerator(
        lastActivation: GeneratorLayer.Activation
    ) -> Architecture {
        var generator = Architecture(latentSize: 64, classCount: 10, labelScale: 2, layers: [])
        generator.appendDense(Volume(height: 7, width: 7, channels: 64), activation: .relu)
        generator.appendTransposedConvolution(kernel: 4, stride: 2, channels: 32, activation: .relu)
        generator.appendConvolution(kernel: 3, stride: 1, channels: 32, activation: .relu)
        generator.appendTransposedConvolution(kernel: 4, stride: 2, channels: 1, activation: lastActivation)
        return generator
    }
}
