import DigitModel

/// The images of a request, by one generator: image i, for any i, is a function of the generator, the seed, i and the
/// request's content and hand. Keys are computed on demand, so the sequence has no end.
package struct ImageSequence: Sendable {
    package let generator: DigitGenerator
    /// The request, with its seed and hand settled.
    package let request: DrawRequest
    /// The seed that draws: the request's, or a random one.
    package let seed: UInt64
    private let subject: Subject

    /// The digits that the images show, in the numbers of the model.
    private enum Subject {
        /// All these on every image.
        case number([UInt8])
        /// Image i shows the digit `digits[i % digits.count]`.
        case inTurn([UInt8])
        /// Image i shows the digit `labels[i]`.
        case shuffled(SplitLabels)
        /// From one digit to another; images after the last stay at the end.
        case morph(from: UInt8, to: UInt8, steps: Int)
        /// Nothing that has a label.
        case unlabelled

        var digits: [UInt8] {
            switch self {
            case .number(let digits), .inTurn(let digits): digits
            case .shuffled(let labels): labels.train.digits
            case .morph(let first, let last, _): [first, last]
            case .unlabelled: []
            }
        }
    }

    /// - Parameters:
    ///   - request: valid, as checked by `DrawRequest.validate`.
    ///   - labels: the digits of the images, if the request's do not come in turn.
    /// - Throws: `DigitGeneratorError.unconditional` or `.unknownDigits` for digits that the model does not draw,
    ///   `.noInk` for a finish that it does not have, `.noStyle` or `.unreachableStyle` for a style, and `.missing` for
    ///   digits that vary without a style where they need one.
    package init(
        _ request: DrawRequest, by generator: DigitGenerator, labels: SplitLabels? = nil
    ) throws(DigitGeneratorError) {
        subject =
            switch request.content {
            case .number(let digits): .number(digits.values)
            case .inTurn(let digits): labels.map(Subject.shuffled) ?? .inTurn(digits.values)
            case .morph(let first, let last): .morph(from: first, to: last, steps: request.count - 1)
            case .any: generator.isConditional ? .inTurn(generator.classes) : .unlabelled
            }
        guard generator.isConditional || request.content == .any else {
            throw .unconditional(model: generator.name, conditionalModels: DigitGenerator.conditionalModels)
        }
        try generator.check(request.finish)
        try generator.check(request.style, digits: subject.digits)
        if request.vary != nil, !generator.hasHands {
            guard case .style = request.handwriting else { throw .missing(.style, neededBy: .vary) }
        }
        if generator.isConditional {
            let known = generator.classes
            let unknown = subject.digits.filter { !known.contains($0) }
            guard unknown.isEmpty else {
                throw .unknownDigits(Set(unknown).sorted(), model: generator.name, known: known)
            }
        }
        seed = request.seed ?? DrawRequest.randomSeed()
        var request = request
        request.seed = seed
        if case .morph = request.content, request.handwriting == .perImage {
            request.handwriting = .style(seed)
        }
        self.request = request
        self.generator = generator
    }

    /// The number of labels of an image: as many as it shows digits, and none for an unconditional model.
    package var labelsPerImage: Int {
        switch subject {
        case .number(let digits): digits.count
        case .inTurn, .shuffled, .morph: 1
        case .unlabelled: 0
        }
    }

    /// The labels of the images `range`, `labelsPerImage` each; between two digits, that of the nearer one.
    package func labels(_ range: Range<Int>) -> [UInt8] {
        switch subject {
        case .number(let digits): range.flatMap { _ in digits }
        case .inTurn(let digits): range.map { digits[$0 % digits.count] }
        case .shuffled(let labels): range.map { labels[$0] }
        case .morph(let first, let last, let steps):
            range.map { Fraction(step: $0, of: steps).value < 0.5 ? first : last }
        case .unlabelled: []
        }
    }

    /// The number that each of the images `range` shows, as it is written; empty for an unconditional model.
    package func captions(_ range: Range<Int>) -> [String] {
        if case .number(let digits) = request.content { return range.map { _ in digits.description } }
        return labels(range).map { String($0) }
    }

    /// The hand of an image, which itself strays from a style with models whose digits do not.
    private func hand(ofImage index: Int) -> Latent {
        guard case .style(let number) = request.handwriting, let vary = request.vary, !generator.hasHands
        else { return request.handwriting.latent(seed: seed, index: index, of: request.count) }
        return Latent(
            from: Latent.style(number).start, to: Latent.sample(seed: seed, index: UInt64(index)).start,
            fraction: vary)
    }

    /// The latent of the digit at a place in an image. On the way from one hand to another each digit keeps its own
    /// stray, and on the way from one digit to another there is none.
    private func latent(of hand: Latent, image: Int, position: Int) -> Latent {
        guard let natural = generator.stray else { return hand }
        if case .morph = subject { return hand }
        let extent = request.vary.map { HandStray($0.numerator) } ?? natural
        return hand.straying(
            extent, seed: seed, index: request.isMorph ? 0 : UInt64(image), position: position)
    }

    /// The keys of the images `range`, one for each digit.
    package func keys(_ range: Range<Int>) -> [ImageKey] {
        var keys: [ImageKey] = []
        keys.reserveCapacity(range.count * request.digitsPerImage)
        append(range, to: &keys)
        return keys
    }

    /// Appends these keys.
    package func append(_ range: Range<Int>, to keys: inout [ImageKey]) {
        for index in range {
            let hand = hand(ofImage: index)
            func add(_ position: Int, _ key: (Latent) -> ImageKey) {
                var key = key(latent(of: hand, image: index, position: position))
                key.latent.isDiverse = request.isDiverse
                key.targets = targets(image: index, position: position)
                keys.append(key)
            }
            switch subject {
            case .number(let digits):
                for (position, label) in digits.enumerated() {
                    add(position) { ImageKey(latent: $0, label: label) }
                }
            case .inTurn(let digits):
                add(0) { ImageKey(latent: $0, label: digits[index % digits.count]) }
            case .shuffled(let labels):
                add(0) { ImageKey(latent: $0, label: labels[index]) }
            case .morph(let first, let last, let steps):
                add(0) {
                    ImageKey(latent: $0, from: first, to: last, fraction: Fraction(step: index, of: steps))
                }
            case .unlabelled:
                add(0) { ImageKey(latent: $0, label: 0) }
            }
        }
    }

    /// The style that is asked for of the digit at a place in an image.
    package func targets(image: Int, position: Int) -> StyleTargets? {
        guard request.isMorph, !request.style.isEmpty else {
            return StyleTargets(request.style, seed: seed, image: image, position: position)
        }
        var targets = StyleTargets()
        for target in request.style {
            targets[target.measure] = target.value(at: Fraction(step: image, of: request.count - 1))
        }
        return targets
    }
}

/// Everything that determines an image besides the bundle.
package struct ImageKey: Equatable, Sendable {
    package var latent: Latent
    /// The digit, for a conditional model.
    package var label: UInt8
    /// The digit at the end of a morph.
    package var endLabel: UInt8
    /// The position between the two; none for a plain digit.
    package var labelFraction: Fraction
    /// The digit that a picture between two is more of.
    package var nearestLabel: UInt8 { 2 * labelFraction.numerator > Fraction.whole ? endLabel : label }
    /// The style that is asked for; nil for that of the hand.
    package var targets: StyleTargets?
    /// The style coordinates that the search for it found.
    var codes = StyleCodes()

    package init(latent: Latent, label: UInt8) {
        self.latent = latent
        self.label = label
        endLabel = label
        labelFraction = .none
    }

    /// A point between two digits, for a conditional model.
    package init(latent: Latent, from label: UInt8, to endLabel: UInt8, fraction: Fraction) {
        self.latent = latent
        self.label = label
        self.endLabel = endLabel
        labelFraction = fraction
    }

    /// The image of latent `index` of a seed.
    package init(seed: UInt64, index: UInt64, label: UInt8) {
        self.init(latent: .sample(seed: seed, index: index), label: label)
    }

    /// The images `indices` of a seed with the digits in turn, at least one; an unconditional model ignores them.
    package static func inTurn(
        _ indices: Range<Int>, seed: UInt64, digits: [UInt8] = Array(0...9)
    ) -> [ImageKey] {
        indices.map { ImageKey(seed: seed, index: UInt64($0), label: digits[$0 % digits.count]) }
    }
}
