/// A differentiable function of a batch.
///
/// Shapes: a batch is [N, features] or [N, height, width, channels]; layers state what they take and give.
package protocol Layer: AnyObject {
    /// What the optimizer trains.
    var parameters: [Parameter] { get }

    /// Arrays that belong to the layer's state and are not trained (running statistics).
    var statistics: [Parameter] { get }

    /// The layer's output for `input`. In training it remembers what `backward` needs.
    func forward(_ input: Tensor, _ mode: ForwardMode) -> Tensor

    /// Given the gradient of the loss with respect to the output of the last `forward` in training, adds to
    /// the gradients of the parameters and returns that of the input, each if `wanted` has it.
    func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor?
}

extension Layer {
    package var parameters: [Parameter] { [] }
    package var statistics: [Parameter] { [] }
}

package enum ForwardMode: Sendable {
    /// Remember what `backward` needs; batch normalization uses the batch's statistics, dropout drops.
    case training
    /// As `training`, and batch normalization also collects the average of the batches' statistics.
    case measuringStatistics
    /// Forget what earlier passes remembered, and remember nothing; batch normalization uses its stored statistics.
    case inference

    var usesBatchStatistics: Bool { self != .inference }
}

package struct WantedGradients: OptionSet, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let parameters = WantedGradients(rawValue: 1)
    package static let input = WantedGradients(rawValue: 2)
}
