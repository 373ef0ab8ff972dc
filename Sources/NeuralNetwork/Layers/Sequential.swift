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
            // Below the first layer nothing but the caller needs the gradient of the input.
            let needed = index > 0 ? wanted.union(.input) : wanted
            guard let inputGradient = layer.backward(gradient, wanted: needed) else { return nil }
            gradient = inputGradient
        }
        return gradient
    }
}
