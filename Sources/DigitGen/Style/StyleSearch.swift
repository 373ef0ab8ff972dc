import DigitModel

/// The style coordinates of a digit's latent, as codes; 0 for what its hand gives.
package struct StyleCodes: Equatable, Sendable {
    private var codes = SIMD4<UInt8>()

    subscript(measure: StyleMeasure) -> UInt8 {
        get { codes[measure.entry] }
        set { codes[measure.entry] = newValue }
    }

    /// Sets the coordinates in a latent's codes.
    func apply(to latent: UnsafeMutableBufferPointer<UInt8>) {
        for entry in 0..<min(StyleRanges.measureCount, latent.count) where codes[entry] > 0 {
            latent[entry] = codes[entry]
        }
    }
}

/// The values that a digit's measures should have.
package struct StyleTargets: Equatable, Sendable {
    private var values = SIMD4<Int32>(repeating: .min)

    /// Nil for what is not asked for.
    package subscript(measure: StyleMeasure) -> Int32? {
        get { values[measure.entry] == .min ? nil : values[measure.entry] }
        set { values[measure.entry] = newValue ?? .min }
    }

    /// The number of measures that are asked for.
    var count: Int { StyleMeasure.allCases.reduce(0) { $0 + (self[$1] == nil ? 0 : 1) } }
}

extension StyleTargets {
    /// The values of the digit at a place of an image; nil if nothing is asked for.
    package init?(_ targets: [StyleTarget], seed: UInt64, image: Int, position: Int) {
        guard !targets.isEmpty else { return nil }
        self.init()
        for target in targets {
            self[target.measure] = target.value(seed: seed, image: image, position: position)
        }
    }
}

/// An end of a style's coordinate.
package enum StyleEnd: Sendable {
    case least, greatest
}

extension ImageKey {
    /// The key with a coordinate of its style at an end.
    package func at(_ end: StyleEnd, of measure: StyleMeasure) -> ImageKey {
        var key = self
        key.codes[measure] = end == .least ? StyleSearch.codes.lowerBound : StyleSearch.codes.upperBound
        return key
    }
}

/// Finds the coordinates with which digits get the style that is asked for.
///
/// The generator has learnt to obey its style coordinates, each measure rising with its own, but not exactly. So each
/// coordinate is found by bisection, drawing and measuring the digit itself, and the nearest measure is kept. A later
/// measure's coordinate moves the earlier ones a little: what is asked together is searched a second time.
struct StyleSearch {
    /// The codes that a latent has.
    static let codes: ClosedRange<UInt8> = 1...255
    /// Steps on either side in the second search.
    private static let nearby: Int = 24

    let plan: InferencePlan
    let threads: Int

    /// The keys with coordinates for their targets, each by itself.
    func settle(_ keys: [ImageKey]) -> [ImageKey] {
        var keys = keys
        let measures = StyleMeasure.allCases.filter { measure in
            keys.contains { $0.targets?[measure] != nil }
        }
        for measure in measures { search(measure, &keys, isFirst: true) }
        // Only for keys that ask for several: others have found theirs, whatever they are drawn with.
        if measures.count > 1 {
            for measure in measures { search(measure, &keys, isFirst: false) }
        }
        return keys
    }

    /// A key's search.
    private struct State {
        let index: Int
        let target: Int32
        var low: Int
        var high: Int
        var best: UInt8 = 0
        var distance = Int32.max

        var code: Int { (low + high) / 2 }

        mutating func learn(_ value: Int32) {
            if abs(value - target) < distance { (best, distance) = (UInt8(code), abs(value - target)) }
            if value < target { low = min(code + 1, high) } else { high = max(code - 1, low) }
        }
    }

    private func search(_ measure: StyleMeasure, _ keys: inout [ImageKey], isFirst: Bool) {
        var states: [State] = keys.indices.compactMap { index in
            guard let targets = keys[index].targets, let target = targets[measure],
                isFirst || targets.count > 1
            else { return nil }
            let code = Int(keys[index].codes[measure])
            return State(
                index: index, target: target,
                low: isFirst
                    ? Int(Self.codes.lowerBound) : max(code - Self.nearby, Int(Self.codes.lowerBound)),
                high: isFirst
                    ? Int(Self.codes.upperBound) : min(code + Self.nearby, Int(Self.codes.upperBound)))
        }
        for _ in 0..<(isFirst ? 8 : 6) {
            let drawn = states.map { state in
                var key = keys[state.index]
                key.codes[measure] = UInt8(state.code)
                return key
            }
            let measured = MeasuredStyle.all(of: plan.pixels(drawn, threads: threads))
            for place in states.indices { states[place].learn(measured[place][measure]) }
        }
        for state in states { keys[state.index].codes[measure] = state.best }
    }
}
