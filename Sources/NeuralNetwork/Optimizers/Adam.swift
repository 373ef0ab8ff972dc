import CTraining
import Platform

/// Adam (Kingma and Ba 2015): m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g²,
/// w ← w − lr · m̂ / (√v̂ + ε) with the bias-corrected m̂ and v̂.
package final class Adam {
    /// The constants of a run.
    package struct Settings: Sendable, Equatable {
        /// β₁, the decay of the first moment, 0..<1.
        package var beta1: Float
        /// β₂, the decay of the second moment, 0..<1.
        package var beta2: Float
        /// ε, above 0.
        package var epsilon: Float

        package init(beta1: Float, beta2: Float, epsilon: Float = 1e-8) {
            self.beta1 = beta1
            self.beta2 = beta2
            self.epsilon = epsilon
        }
    }

    /// The first and second moments of one parameter's gradient, and the parameter.
    package struct Slot {
        package let parameter: Parameter
        package let firstMoment: Tensor
        package let secondMoment: Tensor
    }

    package let slots: [Slot]
    /// The number of steps taken; part of the state a checkpoint saves.
    package var stepCount = 0
    private let settings: Settings
    private let parallel: Parallel

    package init(_ parameters: [Parameter], settings: Settings, parallel: Parallel) {
        self.settings = settings
        self.parallel = parallel
        slots = parameters.map {
            Slot(
                parameter: $0, firstMoment: Tensor(repeating: 0, shape: $0.value.shape),
                secondMoment: Tensor(repeating: 0, shape: $0.value.shape))
        }
    }

    /// Takes one step along the accumulated gradients and clears them.
    package func step(learningRate: Float) {
        stepCount += 1
        let firstCorrection = 1 - powf(settings.beta1, Float(stepCount))
        let secondCorrection = (1 - powf(settings.beta2, Float(stepCount))).squareRoot()
        let step = dg_adam_step(
            beta1: settings.beta1, beta2: settings.beta2,
            rate: learningRate * secondCorrection / firstCorrection,
            epsilon: settings.epsilon * secondCorrection)
        for slot in slots { update(slot, step) }
    }

    /// lr / √v̂ of each weight, one tensor a slot: how far it would move for a unit of its gradient without momentum.
    ///
    /// No weight moves more than ten times as far as one of the root mean square v̂ of its parameter.
    package func stepSizes(learningRate: Float) -> [Tensor] {
        let correction = 1 / (1 - powf(settings.beta2, Float(max(stepCount, 1))))
        return slots.map { slot in
            let sizes = Tensor(uninitialized: slot.secondMoment.shape)
            var total: Float = 0
            for index in 0..<sizes.count { total += slot.secondMoment.pointer[index] }
            let floor = (correction * total / Float(sizes.count)).squareRoot() / 10 + settings.epsilon
            for index in 0..<sizes.count {
                let root = (correction * slot.secondMoment.pointer[index]).squareRoot()
                sizes.pointer[index] = learningRate / max(root, floor)
            }
            return sizes
        }
    }

    private func update(_ slot: Slot, _ step: dg_adam_step) {
        let (weight, gradient) = (slot.parameter.value.pointer, slot.parameter.gradient.pointer)
        let (first, second) = (slot.firstMoment.pointer, slot.secondMoment.pointer)
        parallel.forEachElementRange(of: slot.parameter.value.count) { range in
            let start = range.lowerBound
            dg_adam_update(step, range.count, weight + start, gradient + start, first + start, second + start)
        }
    }
}
