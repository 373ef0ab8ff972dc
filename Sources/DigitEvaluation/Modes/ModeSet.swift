import DigitTraining

/// Data whose modes are known.
package enum ModeSet: String, Sendable, CaseIterable {
    /// Eight Gaussians on a circle: see `GaussianMixture.ring`.
    case ring = "gaussians-8"
    /// Twenty-five Gaussians on a grid: see `GaussianMixture.grid`.
    case grid = "gaussians-25"
    /// Digits of one channel, ten modes.
    case mnist
    /// Digits in three channels, a thousand modes: see `StackedDigits`.
    case stacked

    /// The mixture that the data are drawn from; nil for digits.
    package var mixture: GaussianMixture? {
        switch self {
        case .ring: .ring
        case .grid: .grid
        case .mnist, .stacked: nil
        }
    }

    /// The number of modes that real samples have.
    package var modeCount: Int {
        switch self {
        case .ring: 8
        case .grid: 25
        case .mnist: 10
        case .stacked: 1_000
        }
    }

    /// The number of samples that are drawn and counted, as in the literature.
    package var sampleCount: Int {
        switch self {
        case .ring, .grid: 2_500
        case .mnist: 10_000
        case .stacked: 26_000
        }
    }

    /// The samples of a pass: for stacked digits as many as Srivastava et al. 2017 train on.
    package var passSize: Int {
        switch self {
        case .ring, .grid, .stacked: 128_000
        case .mnist: 60_000
        }
    }

    /// The passes of an experiment.
    package var standardEpochs: Int {
        switch self {
        case .ring, .grid: 40
        case .mnist: 5
        case .stacked: 3
        }
    }

    /// The methods that can be trained on it.
    package var methods: [ModeMethod] {
        switch self {
        case .ring, .grid: ModeMethod.allCases.filter { $0.networks == .dense }
        case .mnist, .stacked: ModeMethod.allCases
        }
    }

    /// The networks of a method on these data.
    func networks(_ kind: TrialNetworks.Kind) -> TrialNetworks {
        switch self {
        case .ring, .grid: .points
        case .mnist: TrialNetworks(kind, channels: 1)
        case .stacked: TrialNetworks(kind, channels: StackedDigits.channels)
        }
    }
}
