/// A trained array and the gradient of the loss with respect to it.
package final class Parameter {
    /// Where the parameter stands in its network, such as `3.weight`: unique within it.
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
