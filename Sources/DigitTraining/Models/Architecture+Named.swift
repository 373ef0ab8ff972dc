import WeightBundle

extension Architecture {
    /// The architecture of one of the four models.
    static func named(_ name: String) -> Architecture {
        let image = Volume(height: 28, width: 28, channels: 1)
        func dense(_ i: Int, _ o: Volume, _ a: GeneratorLayer.Activation) -> GeneratorLayer {
            GeneratorLayer(operation: .dense, input: Volume(height: 1, width: 1, channels: i), output: o, activation: a)
        }
        func flat(_ n: Int) -> Volume { Volume(height: 1, width: 1, channels: n) }
        switch name {
        case "gan", "cgan":
            let classes = name == "cgan" ? 10 : 0
            return Architecture(latentSize: 100, classCount: classes, labelScale: 1, layers: [
                dense(100 + classes, flat(256), .leakyReLU), dense(256, flat(512), .leakyReLU),
                dense(512, flat(1024), .leakyReLU), dense(1024, image, .tanh)])
        case "dcgan":
            let a = Volume(height: 7, width: 7, channels: 256), b = Volume(height: 7, width: 7, channels: 128), c = Volume(height: 14, width: 14, channels: 64)
            return Architecture(latentSize: 100, classCount: 0, labelScale: 1, layers: [
                dense(100, a, .relu),
                GeneratorLayer(operation: .transposedConvolution(kernel: 5, stride: 1), input: a, output: b, activation: .relu),
                GeneratorLayer(operation: .transposedConvolution(kernel: 5, stride: 2), input: b, output: c, activation: .relu),
                GeneratorLayer(operation: .transposedConvolution(kernel: 5, stride: 2), input: c, output: image, activation: .tanh)])
        default:
            let a = Volume(height: 7, width: 7, channels: 64), b = Volume(height: 14, width: 14, channels: 32)
            return Architecture(latentSize: 64, classCount: 10, labelScale: 2, layers: [
                dense(74, a, .relu),
                GeneratorLayer(operation: .transposedConvolution(kernel: 4, stride: 2), input: a, output: b, activation: .relu),
                GeneratorLayer(operation: .convolution(kernel: 3, stride: 1), input: b, output: b, activation: .relu),
                GeneratorLayer(operation: .transposedConvolution(kernel: 4, stride: 2), input: b, output: image, activation: .tanh)])
        }
    }
}
