/// A differentiable function of a batch.
///
/// Shapes: a batch is [N, features] or [N, height, width, channels]; each layer states its input and output.
package protocol Layer: AnyObject {
    /// The arrays that the optimizer trains.
    var parameters: [Parameter] { get }

    /// Arrays of the layer's state that are not trained, such as running statistics.
    var statistics: [Parameter] { get }

    /// Returns the output for `input`. In training the layer keeps what `backward` needs.
    func forward(_ input: Tensor, _ mode: ForwardMode) -> Tensor

    /// Takes the gradient of the loss with respect to the output of the last `forward` in training, adds to the
    /// gradients of the parameters and returns that of the input, each only if `wanted` contains it.
    func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor?
}

extension Layer {
    package var parameters: [Parameter] { [] }
    package var statistics: [Parameter] { [] }
}

/// What a forward pass is for.
package enum ForwardMode: Sendable {
    /// Keep what `backward` needs; batch normalization uses the batch's statistics, dropout drops.
    case training
    /// As `training`, and batch normalization also collects the average of the batches' statistics.
    case measuringStatistics
    /// Keep nothing, and drop what earlier passes kept; batch normalization uses its stored statistics.
    case inference

    var usesBatchStatistics: Bool { self != .inference }
}

/// The gradients that a backward pass is to compute.
package struct WantedGradients: OptionSet, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// Those of the layer's parameters, which are added to what they have.
    package static let parameters = WantedGradients(rawValue: 1)
    /// That of the layer's input, which is returned.
    package static let input = WantedGradients(rawValue: 2)
}

/// A trained array and the gradient of the loss with respect to it.
package final class Parameter {
    /// The parameter's place in its network, such as `3.weight`; unique within it.
    package let name: String
    package let value: Tensor
    /// Accumulated by `Layer.backward`, cleared by the optimizer.
    package let gradient: Tensor

    package init(name: String, value: Tensor) {
        self.name = name
        self.value = value
        gradient = Tensor(repeating: 0, shape: value.shape)
    }
}

/// Layers one after the other: f(x) = fₙ(… f₂(f₁(x))).
package final class Sequential: Layer {
    package let layers: [any Layer]

    package init(_ layers: [any Layer]) {
        self.layers = layers
    }

    package var parameters: [Parameter] { layers.flatMap(\.parameters) }
    package var statistics: [Parameter] { layers.flatMap(\.statistics) }

    package func forward(_ input: Tensor, _ mode: ForwardMode) -> Tensor {
        layers.reduce(input) { $1.forward($0, mode) }
    }

    package func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
        var gradient = outputGradient
        for (index, layer) in layers.enumerated().reversed() {
            // Only the caller may need the gradient of the first layer's input.
            let needed = index > 0 ? wanted.union(.input) : wanted
            guard let inputGradient = layer.backward(gradient, wanted: needed) else { return nil }
            gradient = inputGradient
        }
        return gradient
    }
}
