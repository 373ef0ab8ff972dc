/// What an autoencoder minimises: mean over all elements of (x − t)²; dx = 2 (x − t) / count.
package enum MeanSquaredError {
    package static func loss(_ values: Tensor, target: Tensor) -> LossValue {
        precondition(values.count == target.count)
        let gradient = Tensor(uninitialized: values.shape)
        let scale = 1 / Float(values.count)
        var total: Float = 0
        for index in 0..<values.count {
            let difference = values.pointer[index] - target.pointer[index]
            total += difference * difference
            gradient.pointer[index] = 2 * scale * difference
        }
        return LossValue(value: total * scale, gradient: gradient)
    }
}
