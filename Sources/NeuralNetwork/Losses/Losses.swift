import Platform

/// A loss, averaged over the batch, and its gradient with respect to its input.
package struct LossValue {
    package let value: Float
    /// The gradient, of the shape of the loss's input.
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

/// The mean over all elements of (x − t)²; dx = 2 (x − t) / count.
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

/// The cross-entropy of a softmax over classes: −log softmax(l)[y], averaged over the batch.
package enum SoftmaxCrossEntropy {
    /// The loss of logits [N, classes] under one label a row; dl = (softmax(l) − one-hot(y)) / N.
    package static func loss(_ logits: Tensor, labels: [UInt8]) -> LossValue {
        precondition(labels.count == logits.batch)
        let classes = logits.rowSize
        let gradient = Tensor(uninitialized: logits.shape)
        let scale = 1 / Float(logits.batch)
        var total = 0.0
        for row in 0..<logits.batch {
            let (line, target) = (logits.pointer + row * classes, gradient.pointer + row * classes)
            var largest = line[0]
            for index in 1..<classes { largest = max(largest, line[index]) }
            var sum: Float = 0
            for index in 0..<classes {
                target[index] = expf(line[index] - largest)
                sum += target[index]
            }
            total += Double(logf(sum) + largest - line[Int(labels[row])])
            for index in 0..<classes { target[index] *= scale / sum }
            target[Int(labels[row])] -= scale
        }
        return LossValue(value: Float(total) * scale, gradient: gradient)
    }
}
