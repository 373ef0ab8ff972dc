import NeuralNetwork
import DigitModel

/// Draws generator inputs for training from the distribution that the runtime samples: 256 equally likely latent codes,
/// and the scaled one-hot label.
package struct LatentBatch: Sendable {
    private let values: [Float]
    private let architecture: Architecture

    package init(architecture: Architecture) {
        self.architecture = architecture
        let codesPerUnit = 1 / QuantizedModel.latentScale
        values = NormalQuantiles(count: 256).values.map { ($0 * codesPerUnit).rounded() / codesPerUnit }
    }

    /// Inputs [labels.count, latentSize + classCount]; the labels are ignored by an unconditional generator.
    ///
    /// - Parameter styles: [labels.count, 3], what the first entries of the latents are; nil to draw them, too.
    package func draw(labels: [UInt8], styles: Tensor? = nil, random: inout RandomSource) -> Tensor {
        let size = architecture.inputSize
        let batch = Tensor(uninitialized: [labels.count, size])
        for (row, label) in labels.enumerated() {
            let line = batch.pointer + row * size
            var word: UInt64 = 0
            for index in 0..<architecture.latentSize {
                if index % 8 == 0 { word = random.next() }
                line[index] = values[Int(word & 0xFF)]
                word >>= 8
            }
            if let styles {
                line.update(from: styles.pointer + row * styles.rowSize, count: styles.rowSize)
            }
            for label in 0..<architecture.classCount { line[architecture.latentSize + label] = 0 }
            if architecture.isConditional {
                line[architecture.latentSize + Int(label)] = Float(architecture.labelScale)
            }
        }
        return batch
    }
}
