/// A loss, averaged over the batch, and its gradient with respect to what it was computed from.
package struct LossValue {
    package let value: Float
    /// Of the shape of the loss's input.
    package let gradient: Tensor

    package init(value: Float, gradient: Tensor) {
        self.value = value
        self.gradient = gradient
    }

    /// The mean over the batch of `term(row)`, which gives a row's loss and its derivative.
    static func mean(over logits: Tensor, _ term: (_ row: Int) -> (loss: Float, derivative: Float))
        -> LossValue
    {
        let gradient = Tensor(uninitialized: logits.shape)
        let scale = 1 / Float(logits.count)
        var total = 0.0
        for row in 0..<logits.count {
            let (loss, derivative) = term(row)
            total += Double(loss)
            gradient.pointer[row] = derivative * scale
        }
        return LossValue(value: Float(total) * scale, gradient: gradient)
    }
}
