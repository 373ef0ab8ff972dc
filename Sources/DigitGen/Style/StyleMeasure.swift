/// A measure of a digit's style that can be asked for.
public enum StyleMeasure: String, CaseIterable, Sendable {
    /// The lean of the strokes from the vertical in degrees, positive to the right.
    case slant
    /// The width of the strokes, in parts of the digit's height.
    case thickness
    /// The digit's width, in parts of its height.
    case width

    /// The entry of the latent that is its coordinate.
    var entry: Int {
        switch self {
        case .slant: 0
        case .thickness: 1
        case .width: 2
        }
    }

    /// The part of a request that asks for it.
    var field: DrawRequest.Field {
        switch self {
        case .slant: .slant
        case .thickness: .thickness
        case .width: .width
        }
    }

    /// Steps of a unit: values are whole numbers of them.
    package var steps: Double {
        switch self {
        case .slant: 100
        case .thickness: 10_000
        case .width: 1_000
        }
    }

    /// The values that make sense; what is beyond them is in other units.
    package var bounds: ClosedRange<Double> {
        switch self {
        case .slant: -60...60
        case .thickness: 0.02...0.5
        case .width: 0.1...3
        }
    }

    /// The unit, as texts name it.
    package var unit: String {
        switch self {
        case .slant: "degrees"
        case .thickness, .width: "of the height"
        }
    }

    /// A number of steps in the unit, as it is written: `-12.5`.
    package func text(_ value: Int32) -> String {
        let number = Double(value) / steps
        return number == number.rounded() ? "\(Int(number))" : "\(number)"
    }
}

/// What is asked of one measure of the digits' style.
public struct StyleTarget: Equatable, Sendable {
    /// What is asked for.
    public let measure: StyleMeasure
    /// In steps of the measure. Each digit gets a value of its own from the one to the other; on the way from one hand
    /// or digit to another, images go from the one to the other.
    package let first: Int32
    package let last: Int32

    /// One value for all digits, or where `last` differs a range of them.
    ///
    /// - Parameter first: in the measure's unit, as is `last`.
    /// - Throws: `DigitGeneratorError.invalidStyle` for what the measure can never be.
    public init(
        _ measure: StyleMeasure, _ first: Double, to last: Double? = nil
    ) throws(DigitGeneratorError) {
        let last = last ?? first
        guard measure.bounds.contains(first), measure.bounds.contains(last) else {
            throw .invalidStyle(measure)
        }
        self.measure = measure
        self.first = Int32((first * measure.steps).rounded())
        self.last = Int32((last * measure.steps).rounded())
    }

    /// The value of the digit at a place of an image, each as likely as the others.
    func value(seed: UInt64, image: Int, position: Int) -> Int32 {
        guard first < last else { return first }
        let (low, high) = Philox.words(image)
        let stream = Latent.Origin.Stream.targets.rawValue | UInt32(position) << 8
        let word = Philox.block(
            counter: (low, high, UInt32(measure.entry), stream), key: Philox.words(seed)
        ).0
        return first + Int32((Int64(last - first + 1) * Int64(word)) >> 32)
    }

    /// The value at `fraction` of the way.
    func value(at fraction: Fraction) -> Int32 {
        let way = Int64(last - first) * Int64(fraction.numerator)
        return first + Int32((way + Int64(Fraction.whole) / 2) >> 15)
    }

    /// As a command line writes it: `20`, `0:20`.
    package var text: String {
        first == last ? measure.text(first) : "\(measure.text(first)):\(measure.text(last))"
    }
}
