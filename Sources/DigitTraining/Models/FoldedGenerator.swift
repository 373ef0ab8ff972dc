import DigitModel

/// A generator in float32 as inference sees it: batch normalization folded into weights and biases, which are
/// laid out as a bundle lays them out.
package struct FoldedGenerator: Sendable {
    /// One layer's numbers.
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
