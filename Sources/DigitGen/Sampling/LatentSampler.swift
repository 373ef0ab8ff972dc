import DigitModel

/// Draws latents with integers only: the same on every processor.
///
/// Latent i under a seed is the first bytes of the Philox blocks with key = seed (low word, high word) and
/// counter = (i low, i high, block, stream + 256 · position), words little-endian, each byte looked up in
/// `LatentCodes`. The digit is not in it: so image i of a 3 and image i of a 7 are in the same hand. The position is
/// that of a digit in its image, for what it strays towards, and otherwise 0.
///
/// Diverse latents are further from the mean: once to twice as far as a hand is, or, where the model has `EvenForms`,
/// most of the way to a form that each digit of an image gets, and once to 1.6 times as far.
///
/// A point between two latents a and b at fraction t is ((1 − t)·a + t·b) / √((1 − t)² + t²), which has the variance
/// of a latent anywhere on the way: what is between two typical latents is typical, too. (A plain mean is too
/// near the origin, where nothing was trained.)
package struct LatentSampler: Sendable {
    /// The code for each byte of the random stream.
    private let table: [UInt8]
    private let forms: EvenForms?

    /// - Parameters:
    ///   - steps: of the latent's codes; see `QuantizedModel.latentSteps`.
    ///   - forms: those of diverse digits; nil for those of their hands.
    package init(steps: Int = QuantizedModel.standardLatentSteps, forms: EvenForms? = nil) {
        table = LatentCodes.table(steps: steps)
        self.forms = forms
    }

    /// Writes the codes of a latent to all of `codes`.
    ///
    /// - Parameter label: the digit that is drawn, in the numbers of the model: diverse digits have its forms.
    package func fill(_ codes: UnsafeMutableBufferPointer<UInt8>, with latent: Latent, label: UInt8 = 0) {
        move(codes, from: latent.start, to: latent.end, latent.fraction)
        if let stray = latent.stray { move(codes, by: stray) }
        guard latent.isDiverse else { return }
        let (start, end) = (Self.spread(of: latent.start), Self.spread(of: latent.end))
        let way = Int(latent.fraction.numerator)
        let spread = start + (end - start) * way / Int(Fraction.whole)
        guard let form = form(of: latent, label: label) else { return Self.spread(codes, by: spread) }
        // The style remains that of the hand.
        let style = min(StyleRanges.measureCount, codes.count)
        Self.spread(UnsafeMutableBufferPointer(rebasing: codes[..<style]), by: spread)
        reshape(codes, style..<codes.count, Latent.form(form).start)
    }

    /// Moves most of the way to a form, and from the mean as far as the form is.
    private func reshape(
        _ codes: UnsafeMutableBufferPointer<UInt8>, _ range: Range<Int>, _ form: Latent.Origin
    ) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: codes.count) { other in
            fill(other, form)
            Self.mix(codes, with: UnsafeBufferPointer(other), range, fraction: Self.wayToForm)
        }
        Self.spread(UnsafeMutableBufferPointer(rebasing: codes[range]), by: Self.spread(of: form))
    }

    /// 0.7: any nearer and the images of a form are too alike, any further and the forms are not as even.
    private static let wayToForm = Int64(Fraction.whole) * 7 / 10

    /// The form of a digit: where it strays to decides, or its hand if it does not stray. Nil without forms.
    private func form(of latent: Latent, label: UInt8) -> Int? {
        guard let forms else { return nil }
        var origin = latent.start
        if let stray = latent.stray, stray.extent != HandStray(0) { origin = stray.target }
        return forms.candidate(
            ofDigit: label, Self.word(.formChoices, of: origin, block: origin.stream.rawValue))
    }

    /// How far diverse digits of a hand are from the mean, in 256ths of what they are else: once to twice as far, which
    /// the hand decides for all its digits. So forms and styles that are rare among the training images become common,
    /// and others remain.
    ///
    /// Forms are once to 1.6 times as far, and not in the order of their numbers: `EvenForms.find` takes the first of
    /// each group.
    private static func spread(of origin: Latent.Origin) -> Int {
        256 + (origin.stream == .forms ? Int(origin.index % 154) : Int(word(.spreads, of: origin) >> 24))
    }

    /// A random word of an origin, of a stream without latents.
    private static func word(
        _ stream: Latent.Origin.Stream, of origin: Latent.Origin, block: UInt32 = 0
    ) -> UInt32 {
        let (low, high) = Philox.words(origin.index)
        let counter = (low, high, block, stream.rawValue | origin.position << 8)
        return Philox.block(counter: counter, key: Philox.words(origin.seed)).0
    }

    /// Moves each code away from that of 0, as far as codes go.
    private static func spread(_ codes: UnsafeMutableBufferPointer<UInt8>, by factor: Int) {
        let zero = Int(LatentCodes.zeroPoint)
        for index in codes.indices {
            let distance = (Int(codes[index]) - zero) * factor / 256
            codes[index] = UInt8(min(max(zero + distance, 1), 255))
        }
    }

    private func move(_ codes: UnsafeMutableBufferPointer<UInt8>, by stray: Latent.Stray) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: codes.count) { other in
            fill(other, stray.target)
            for (index, position) in stray.extent.positions.enumerated() {
                let start = min(index, codes.count)
                let end = index < StyleRanges.measureCount ? min(index + 1, codes.count) : codes.count
                Self.mix(codes, with: UnsafeBufferPointer(other), start..<end, fraction: Int64(position))
            }
        }
    }

    /// Writes the codes at `fraction` of the way.
    private func move(
        _ codes: UnsafeMutableBufferPointer<UInt8>, from start: Latent.Origin, to end: Latent.Origin,
        _ fraction: Fraction
    ) {
        guard fraction != .full else { return fill(codes, end) }
        fill(codes, start)
        guard fraction != .none else { return }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: codes.count) { other in
            fill(other, end)
            Self.mix(
                codes, with: UnsafeBufferPointer(other), codes.startIndex..<codes.endIndex,
                fraction: Int64(fraction.numerator))
        }
    }

    private func fill(_ codes: UnsafeMutableBufferPointer<UInt8>, _ origin: Latent.Origin) {
        let key = Philox.words(origin.seed)
        let (low, high) = Philox.words(origin.index)
        let stream = origin.stream.rawValue | origin.position << 8
        table.withUnsafeBufferPointer { table in
            var block: UInt32 = 0
            var position = 0
            while position < codes.count {
                let words = Philox.block(counter: (low, high, block, stream), key: key)
                position = Self.store(words.0, codes, position, table)
                position = Self.store(words.1, codes, position, table)
                position = Self.store(words.2, codes, position, table)
                position = Self.store(words.3, codes, position, table)
                block &+= 1
            }
        }
    }

    /// Moves each of `codes` in `range` to the point at `fraction` of the way to `other`, rounded to the nearest code,
    /// halves away from the middle.
    private static func mix(
        _ codes: UnsafeMutableBufferPointer<UInt8>, with other: UnsafeBufferPointer<UInt8>,
        _ range: Range<Int>, fraction: Int64
    ) {
        guard fraction > 0 else { return }
        let zero = Int64(LatentCodes.zeroPoint)
        let rest = Int64(Fraction.whole) - fraction
        let norm = squareRoot(rest * rest + fraction * fraction)
        for index in range {
            let sum = rest * (Int64(codes[index]) - zero) + fraction * (Int64(other[index]) - zero)
            let rounded = (abs(sum) * 2 + norm) / (norm * 2)
            codes[index] = UInt8(min(max(zero + (sum < 0 ? -rounded : rounded), 1), 255))
        }
    }

    /// The greatest integer whose square is at most `value`, which is below 2^32: the root that IEEE 754 rounds
    /// correctly is too far from the next integer to reach it.
    private static func squareRoot(_ value: Int64) -> Int64 { Int64(Double(value).squareRoot()) }

    /// Stores the codes of a word's bytes as far as there is room, and returns where the next go.
    @inline(__always)
    private static func store(
        _ word: UInt32, _ codes: UnsafeMutableBufferPointer<UInt8>, _ position: Int,
        _ table: UnsafeBufferPointer<UInt8>
    ) -> Int {
        var rest = word
        let end = min(position + 4, codes.count)
        for index in position..<max(position, end) {
            codes[index] = table[Int(rest & 0xFF)]
            rest >>= 8
        }
        return end
    }
}

/// The latent's distribution: one code for each byte of the random stream.
///
/// `table[b]` = 128 + round(44 · Φ⁻¹((b + ½) / 256)): 256 evenly spaced quantiles of the standard normal
/// distribution in the code that the first layer reads (zero point 128, 44 steps a unit). Stored as numbers, so
/// that no mathematics library influences what a seed draws.
package enum LatentCodes {
    /// The code of 0.
    package static let zeroPoint: UInt8 = 128

    /// `table` for another number of steps a unit, at most 44: each code's distance from 128 times `steps` / 44,
    /// rounded to the nearest, halves away from 128.
    static func table(steps: Int) -> [UInt8] {
        let standard = QuantizedModel.standardLatentSteps
        return table.map { code in
            let distance = 2 * steps * (Int(code) - Int(zeroPoint))
            return UInt8(Int(zeroPoint) + (distance + (distance < 0 ? -standard : standard)) / (2 * standard))
        }
    }

    package static let table: [UInt8] = [
        1, 17, 25, 31, 35, 39, 42, 45, 47, 49, 51, 53, 55, 57, 58, 60,
        61, 63, 64, 65, 66, 67, 68, 69, 71, 72, 72, 73, 74, 75, 76, 77,
        78, 79, 79, 80, 81, 82, 82, 83, 84, 85, 85, 86, 87, 87, 88, 89,
        89, 90, 91, 91, 92, 92, 93, 94, 94, 95, 95, 96, 96, 97, 98, 98,
        99, 99, 100, 100, 101, 101, 102, 102, 103, 103, 104, 104, 105, 105, 106, 106,
        107, 107, 108, 108, 109, 109, 110, 110, 111, 111, 111, 112, 112, 113, 113, 114,
        114, 115, 115, 116, 116, 116, 117, 117, 118, 118, 119, 119, 120, 120, 120, 121,
        121, 122, 122, 123, 123, 123, 124, 124, 125, 125, 126, 126, 126, 127, 127, 128,
        128, 129, 129, 130, 130, 130, 131, 131, 132, 132, 133, 133, 133, 134, 134, 135,
        135, 136, 136, 136, 137, 137, 138, 138, 139, 139, 140, 140, 140, 141, 141, 142,
        142, 143, 143, 144, 144, 145, 145, 145, 146, 146, 147, 147, 148, 148, 149, 149,
        150, 150, 151, 151, 152, 152, 153, 153, 154, 154, 155, 155, 156, 156, 157, 157,
        158, 158, 159, 160, 160, 161, 161, 162, 162, 163, 164, 164, 165, 165, 166, 167,
        167, 168, 169, 169, 170, 171, 171, 172, 173, 174, 174, 175, 176, 177, 177, 178,
        179, 180, 181, 182, 183, 184, 184, 185, 187, 188, 189, 190, 191, 192, 193, 195,
        196, 198, 199, 201, 203, 205, 207, 209, 211, 214, 217, 221, 225, 231, 239, 255,
    ]
}

/// Philox4x32-10, a counter-based generator (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"):
/// a keyed bijection of 128-bit counters, so that any block can be drawn without those before it.
package enum Philox {
    package typealias Block = (UInt32, UInt32, UInt32, UInt32)

    /// The words of a seed as a key, or of an index as a part of a counter: low, high.
    @inline(__always)
    package static func words(_ number: some FixedWidthInteger) -> (UInt32, UInt32) {
        (UInt32(truncatingIfNeeded: number), UInt32(truncatingIfNeeded: number >> 32))
    }

    /// The random block of a counter under a key, after ten rounds.
    @inline(__always)
    package static func block(counter: Block, key: (UInt32, UInt32)) -> Block {
        var (x0, x1, x2, x3) = counter
        var (k0, k1) = key
        for _ in 0..<10 {
            let first = UInt64(x0) &* 0xD251_1F53
            let second = UInt64(x2) &* 0xCD9E_8D57
            (x0, x1, x2, x3) = (
                UInt32(truncatingIfNeeded: second >> 32) ^ x1 ^ k0, UInt32(truncatingIfNeeded: second),
                UInt32(truncatingIfNeeded: first >> 32) ^ x3 ^ k1, UInt32(truncatingIfNeeded: first)
            )
            k0 &+= 0x9E37_79B9
            k1 &+= 0xBB67_AE85
        }
        return (x0, x1, x2, x3)
    }
}
