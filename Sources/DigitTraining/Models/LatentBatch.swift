import DigitGen
import DigitModel
import NeuralNetwork

extension Architecture {
    /// The steps of the latent's codes that a bundle of it is given; see `QuantizedModel.latentSteps`. Those of ink go
    /// to 4.2 deviations, which diverse hands need.
    package var latentSteps: Int { drawsInk ? 30 : QuantizedModel.standardLatentSteps }

    /// How the pictures of a bundle of it are scanned, in training, too.
    package var sourceRule: InkSource.Rule { drawsInk ? .measured : .independent }
}

/// Draws generator inputs for training from the distribution that the runtime samples: 256 equally likely latent codes,
/// and the scaled one-hot label.
package struct LatentBatch: Sendable {
    private let values: [Float]
    private let architecture: Architecture

    package init(architecture: Architecture) {
        self.architecture = architecture
        let codesPerUnit = Float(architecture.latentSteps)
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

extension LatentBatch {
    /// The sources of generator inputs [N, latentSize + classCount], as the runtime finds them from codes and labels.
    static func sources(_ inputs: Tensor, _ architecture: Architecture) -> [InkSource] {
        let codesPerUnit = Float(architecture.latentSteps)
        return (0..<inputs.batch).map { row in
            let line = inputs.pointer + row * inputs.rowSize
            let codes = (0..<architecture.latentSize).map { entry in
                let steps = (line[entry] * codesPerUnit).rounded()
                return UInt8(clamping: Int(QuantizedModel.latentZeroPoint) + Int(steps))
            }
            let labels = (0..<architecture.classCount).map { line[architecture.latentSize + $0] }
            let digit = labels.indices.max { labels[$0] < labels[$1] } ?? 0
            return codes.withUnsafeBufferPointer {
                InkSource(codes: $0, digit: UInt8(digit), rule: architecture.sourceRule)
            }
        }
    }
}

/// The generator's inputs as the runtime draws them.
enum SampledInputs {
    /// Inputs [keys.count, `inputSize`] in real units: latents and scaled one-hot labels (which an unconditional
    /// generator has none of).
    static func inputs(_ keys: [ImageKey], for architecture: Architecture) -> Tensor {
        let size = architecture.inputSize
        let inputs = Tensor(repeating: 0, shape: [keys.count, size])
        let sampler = LatentSampler(steps: architecture.latentSteps)
        let scale = 1 / Float(architecture.latentSteps)
        var codes = [UInt8](repeating: 0, count: architecture.latentSize)
        for (row, key) in keys.enumerated() {
            let line = inputs.pointer + row * size
            codes.withUnsafeMutableBufferPointer { sampler.fill($0, with: key.latent) }
            for (index, code) in codes.enumerated() {
                let steps = Int(code) - Int(QuantizedModel.latentZeroPoint)
                line[index] = scale * Float(steps)
            }
            guard Int(key.label) < architecture.classCount else { continue }
            line[architecture.latentSize + Int(key.label)] = Float(architecture.labelScale)
        }
        return inputs
    }
}
