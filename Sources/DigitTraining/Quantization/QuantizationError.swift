import DigitModel
import Platform

/// Why a generator cannot be quantized.
package enum QuantizationError: Error, Equatable, Sendable {
    /// A weight or bias is infinite or no number: training has diverged. Layers count from 0.
    case notFinite(layer: Int)
    /// A layer has another number of weights or biases than the architecture asks for.
    case wrongCount(layer: Int, found: Int, expected: Int)
    /// Calibration needs at least one input, each of the size that the architecture states.
    case calibration(found: [Int], expected: String)
    /// What the model's own checks say.
    case invalidModel(BundleError)
}

extension QuantizationError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notFinite(let layer):
            "layer \(layer) of the generator has weights that are no finite numbers: its training has diverged; "
                + "train it again with a lower learning rate or another seed"
        case .wrongCount(let layer, let found, let expected):
            "layer \(layer) of the generator has \(found) numbers, its architecture asks for \(expected)"
        case .calibration(let found, let expected):
            "calibration inputs of shape \(found), expected \(expected)"
        case .invalidModel(let error):
            "the quantized model is not valid: \(error)"
        }
    }
}
