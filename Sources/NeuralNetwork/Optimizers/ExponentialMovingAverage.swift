/// A moving average of weights: average ← decay · average + (1 − decay) · weight.
///
/// The decay rises as (1 + t) / (10 + t), so that the first values do not linger.
package final class ExponentialMovingAverage {
    /// In the order of the parameters.
    package let averages: [Tensor]
    /// The number of updates made; part of the state a checkpoint saves.
    package var updateCount = 0
    private let parameters: [Parameter]
    private let decay: Float
    private let parallel: Parallel

    package init(of parameters: [Parameter], decay: Float, parallel: Parallel) {
        precondition(decay >= 0 && decay < 1)
        self.parameters = parameters
        self.decay = decay
        self.parallel = parallel
        averages = parameters.map { Tensor($0.value.elements, shape: $0.value.shape) }
    }

    /// Takes in the parameters' present values; to be called after each of the optimizer's steps.
    package func update() {
        updateCount += 1
        let effective = min(decay, Float(1 + updateCount) / Float(10 + updateCount))
        for (average, parameter) in zip(averages, parameters) {
            let (target, source) = (average.pointer, parameter.value.pointer)
            parallel.forEachElementRange(of: average.count) { range in
                for index in range { target[index] += (source[index] - target[index]) * (1 - effective) }
            }
        }
    }

    /// Swaps the averages and the weights; call it again to swap them back.
    package func exchange() {
        for (average, parameter) in zip(averages, parameters) {
            for index in 0..<average.count {
                swap(&average.pointer[index], &parameter.value.pointer[index])
            }
        }
    }
}
