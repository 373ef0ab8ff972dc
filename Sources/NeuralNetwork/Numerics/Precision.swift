import CTraining

/// The numbers that matrix products multiply. All else is float32: sums, weights, gradients, the optimizer's state.
package enum Precision: String, Sendable, CaseIterable {
    case float32
    /// Factors rounded to bfloat16, which has float32's range and 8 bits of its 24: Micikevicius et al. 2018 and
    /// Kalamkar et al. 2019 train so.
    case bfloat16

    /// True if this processor has the instructions.
    package var isAvailable: Bool {
        switch self {
        case .float32: true
        case .bfloat16: dg_has_bfloat16()
        }
    }
}
