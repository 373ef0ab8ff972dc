import NeuralNetwork
import DigitModel

/// A generator in training: the layers of an `Architecture` in float32, each linear operation followed by
/// batch normalization (if the recipe has it, and not after the last) and its activation.
package final class GeneratorNetwork {
    /// A linear operation of the architecture and the normalization that is folded into it later.
    struct Block {
        enum Linear {
            case dense(Dense)
            case convolution(Convolution)
            case transposedConvolution(TransposedConvolution)

            var layer: any Layer {
                switch self {
                case .dense(let layer): layer
                case .convolution(let layer): layer
                case .transposedConvolution(let layer): layer
                }
            }

            func fillBias(_ value: Float) {
                guard let bias = (layer as? any LinearLayer)?.linear.bias?.value else { return }
                bias.pointer.update(repeating: value, count: bias.count)
            }
        }

        let linear: Linear
        let normalization: BatchNormalization?
    }

    /// The initial level of an ink generator's field: mostly paper.
    private static let paper: Float = -0.7

    package let architecture: Architecture
    let blocks: [Block]
    private let network: Sequential

    /// - Parameter endsLinearly: whether the last activation is left out, for generators of points.
    package init(
        architecture: Architecture, isBatchNormalized: Bool, endsLinearly: Bool = false,
        initialization: Initialization, random: inout RandomSource, parallel: Parallel
    ) {
        self.architecture = architecture
        var blocks: [Block] = []
        var layers: [any Layer] = []
        for (index, layer) in architecture.layers.enumerated() {
            let isNormalized = isBatchNormalized && index < architecture.layers.count - 1
            let block = Block(
                linear: GeneratorNetwork.linear(
                    layer, inputs: index == 0 ? architecture.inputSize : layer.input.count,
                    name: "generator.\(index)", hasBias: !isNormalized, initialization: initialization,
                    random: &random, parallel: parallel),
                normalization: isNormalized
                    ? BatchNormalization(
                        name: "generator.\(index).normalization", channels: layer.output.channels,
                        parallel: parallel) : nil)
            blocks.append(block)
            layers.append(block.linear.layer)
            if let normalization = block.normalization { layers.append(normalization) }
            if !endsLinearly || index < architecture.layers.count - 1 {
                layers.append(GeneratorNetwork.activation(layer.activation, parallel: parallel))
            }
            if layer.activation == .ink { block.linear.fillBias(GeneratorNetwork.paper) }
        }
        self.blocks = blocks
        network = Sequential(layers)
    }

    package var parameters: [Parameter] { network.parameters }
    package var statistics: [Parameter] { network.statistics }

    /// Returns images [N, elements of one] with pixels in −1…1 from latents [N, `architecture.inputSize`].
    package func forward(_ latents: Tensor, _ mode: ForwardMode) -> Tensor {
        (network.layers.last as? InkFinishing)?.sources = LatentBatch.sources(latents, architecture)
        return network.forward(latents, mode).reshaped([
            latents.batch, architecture.layers.last?.output.count ?? 0,
        ])
    }

    /// Adds the gradients of the parameters for the gradient of the images.
    package func backward(_ imageGradient: Tensor) {
        _ = network.backward(imageGradient, wanted: .parameters)
    }

    /// Sets how a generator of ink is trained at `progress` (0 at the start of training, 1 at its end).
    func prepareInk(_ settings: InkSettings, at progress: Float) {
        guard let finishing = network.layers.last as? InkFinishing else { return }
        let strength = settings.topologyStrength(at: progress)
        finishing.penalty = strength > 0 ? InkTopologyPenalty(strength: strength) : nil
        finishing.outsideStrength = settings.outsideStrength
        finishing.finishedShare = settings.finishedShare(at: progress)
    }

    /// How many pictures of a batch in training, the first ones, are finished as MNIST's digits were: all of them but
    /// for an ink generator's soft ones.
    func finishedCount(of batch: Int) -> Int {
        (network.layers.last as? InkFinishing)?.finishedCount(of: batch) ?? batch
    }

    /// Measures anew, over batches of latents, the statistics that inference uses.
    ///
    /// Running averages would lag behind the weights, and none exist for averaged weights.
    package func measureStatistics(over batches: [Tensor]) {
        let normalizations = blocks.compactMap(\.normalization)
        guard !normalizations.isEmpty else { return }
        for normalization in normalizations { normalization.resetStatistics() }
        for batch in batches { _ = forward(batch, .measuringStatistics) }
    }

    private static func linear(
        _ layer: GeneratorLayer, inputs: Int, name: String, hasBias: Bool, initialization: Initialization,
        random: inout RandomSource, parallel: Parallel
    ) -> Block.Linear {
        func windowed<Windowed: WindowedLayer>(_ kernel: Int, _ stride: Int) -> Windowed {
            Windowed(
                name: name, inputHeight: layer.input.height, inputWidth: layer.input.width,
                inputChannels: layer.input.channels, outputChannels: layer.output.channels, kernel: kernel,
                stride: stride, hasBias: hasBias, initialization: initialization, random: &random,
                parallel: parallel)
        }
        return switch layer.operation {
        case .dense:
            .dense(
                Dense(
                    name: name, inputs: inputs, outputs: layer.output.count, hasBias: hasBias,
                    initialization: initialization, random: &random, parallel: parallel))
        case .convolution(let kernel, let stride): .convolution(windowed(kernel, stride))
        case .transposedConvolution(let kernel, let stride): .transposedConvolution(windowed(kernel, stride))
        }
    }

    private static func activation(_ activation: GeneratorLayer.Activation, parallel: Parallel) -> any Layer {
        switch activation {
        case .relu: Rectifier(slope: 0, parallel: parallel)
        case .leakyReLU: Rectifier(slope: 0.2, parallel: parallel)
        case .tanh: Tanh(parallel: parallel)
        case .ink: InkFinishing(parallel: parallel)
        }
    }
}
