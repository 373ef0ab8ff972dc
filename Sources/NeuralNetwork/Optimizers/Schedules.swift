import Platform

/// The learning rate as a function of training's progress.
package enum LearningRateSchedule: Sendable, Equatable {
    case constant(Float)
    /// From `peak` down to `end` along half a cosine, after holding `peak` for the first `hold` part (0…1).
    case cosine(peak: Float, end: Float, hold: Float)

    /// The rate at `progress`, 0 at the start of training and 1 at its end.
    package func rate(at progress: Float) -> Float {
        switch self {
        case .constant(let rate):
            return rate
        case .cosine(let peak, let end, let hold):
            guard progress > hold else { return peak }
            let phase = min((progress - hold) / (1 - hold), 1)
            return end + (peak - end) * (1 + cosf(.pi * phase)) / 2
        }
    }
}

/// The rate of dropout as a function of training's progress.
///
/// It trades sharp digits for even classes: with more dropout D remembers less of single images, so G gains less by
/// leaving out kinds of digits, but D also sees less of strokes.
package enum DropoutSchedule: Sendable, Equatable {
    /// No dropout.
    case none
    case constant(Float)
    /// `first` for the `hold` part (0…1) of training, then `last`; both above 0.
    case step(first: Float, last: Float, hold: Float)

    /// The rate at `progress`, 0 at the start of training and 1 at its end.
    package func rate(at progress: Float) -> Float {
        switch self {
        case .none: 0
        case .constant(let rate): rate
        case .step(let first, let last, let hold): progress < hold ? first : last
        }
    }
}
