import Platform

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
