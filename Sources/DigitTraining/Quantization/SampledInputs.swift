import NeuralNetwork
import DigitGen
import DigitModel

/// The generator's inputs as the runtime draws them.
enum SampledInputs {
    /// Inputs [keys.count, `inputSize`] in real units: latents and scaled one-hot labels (which an unconditional
    /// generator has none of).
    static func inputs(_ keys: [ImageKey], for architecture: Architecture) -> Tensor {
        let size = architecture.inputSize
        let inputs = Tensor(repeating: 0, shape: [keys.count, size])
        var codes = [UInt8](repeating: 0, count: architecture.latentSize)
        for (row, key) in keys.enumerated() {
            let line = inputs.pointer + row * size
            codes.withUnsafeMutableBufferPointer { LatentSampler.fill($0, with: key.latent) }
            for (index, code) in codes.enumerated() {
                let steps = Int(code) - Int(QuantizedModel.latentZeroPoint)
                line[index] = QuantizedModel.latentScale * Float(steps)
            }
            guard Int(key.label) < architecture.classCount else { continue }
            line[architecture.latentSize + Int(key.label)] = Float(architecture.labelScale)
        }
        return inputs
    }
}
