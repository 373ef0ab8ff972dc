import DigitModel
import NeuralNetwork

/// A generator in float32 for inference: batch normalization is folded into weights and biases, which have a bundle's
/// layout.
package struct FoldedGenerator: Sendable {
    /// The numbers of a layer.
    package struct LayerWeights: Sendable {
        /// (output channels, …): the shape that `GeneratorLayer.Operation` states.
        package var weights: [Float]
        /// One an output channel (for a dense layer: an output).
        package var biases: [Float]

        package init(weights: [Float], biases: [Float]) {
            self.weights = weights
            self.biases = biases
        }
    }

    package var architecture: Architecture
    /// One for each of `architecture.layers`.
    package var layers: [LayerWeights]

    package init(architecture: Architecture, layers: [LayerWeights]) {
        self.architecture = architecture
        self.layers = layers
    }
}

extension GeneratorNetwork {
    /// The network with its stored batch statistics folded in: with s = γ / √(σ² + ε) of a channel, its weights
    /// become s · W and its bias β + s · (b − μ).
    package func folded() -> FoldedGenerator {
        FoldedGenerator(architecture: architecture, layers: blocks.map(GeneratorNetwork.folded))
    }

    private static func folded(_ block: Block) -> FoldedGenerator.LayerWeights {
        var layer = block.linear.exported
        guard let normalization = block.normalization else { return layer }
        let channels = normalization.scale.value.count
        let weightsPerOutput = layer.weights.count / layer.biases.count
        for output in layer.biases.indices {
            // A dense layer has an output for each position and channel, channels innermost.
            let channel = output % channels
            let deviation =
                (normalization.variance.value.pointer[channel] + BatchNormalization.epsilon).squareRoot()
            let factor = normalization.scale.value.pointer[channel] / deviation
            for index in output * weightsPerOutput..<(output + 1) * weightsPerOutput {
                layer.weights[index] *= factor
            }
            let centred = layer.biases[output] - normalization.mean.value.pointer[channel]
            layer.biases[output] = normalization.shift.value.pointer[channel] + factor * centred
        }
        return layer
    }
}

extension GeneratorNetwork.Block.Linear {
    /// Weights and biases in the bundle's layout.
    fileprivate var exported: FoldedGenerator.LayerWeights {
        switch self {
        case .dense(let layer): exported(layer.linear, layer.linear.weight.value.elements)
        case .convolution(let layer): exported(layer.linear, layer.linear.weight.value.elements)
        case .transposedConvolution(let layer):
            exported(layer.linear, outputsFirst(layer.linear.weight.value))
        }
    }

    private func exported(_ linear: LinearParameters, _ weights: [Float]) -> FoldedGenerator.LayerWeights {
        FoldedGenerator.LayerWeights(
            weights: weights,
            biases: linear.bias?.value.elements ?? [Float](repeating: 0, count: linear.channels))
    }

    /// [kernel, kernel, outputs, inputs] → [outputs, kernel, kernel, inputs].
    private func outputsFirst(_ weight: Tensor) -> [Float] {
        let (taps, outputs, inputs) = (weight.shape[0] * weight.shape[1], weight.shape[2], weight.shape[3])
        var result = [Float]()
        result.reserveCapacity(weight.count)
        for output in 0..<outputs {
            for tap in 0..<taps {
                let start = weight.pointer + (tap * outputs + output) * inputs
                result.append(contentsOf: UnsafeBufferPointer(start: start, count: inputs))
            }
        }
        return result
    }
}
