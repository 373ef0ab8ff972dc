/// The rate of dropout as a function of training's progress.
///
/// In D it decides between good digits and even classes: the higher it is, the less D holds on to single images, so
/// the less G gains by leaving some kinds of digits out, and the less D sees of strokes.
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
