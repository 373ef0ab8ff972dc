import DigitGen
import DigitModel
import Platform
import Synchronization

/// A line to be drawn: a function of these and of the model alone.
package struct LineRequest: Equatable, Sendable {
    package var text: FieldText
    package var style: LineStyle
    package var seed: UInt64
    /// The number of the line under its seed: 0 ... 2^53 − 1.
    package var index: Int
    package var hand: HandChoice
    /// The most pixels of the picture; nil for as many as the style makes.
    package var pixelLimit: Int?

    package init(
        _ text: FieldText, style: LineStyle, seed: UInt64, index: Int, hand: HandChoice = HandChoice(),
        pixelLimit: Int? = nil
    ) {
        self.text = text
        self.style = style
        self.seed = seed
        self.index = index
        self.hand = hand
        self.pixelLimit = pixelLimit
    }

    var lineHand: LineHand { LineHand(hand, seed: seed, index: index) }
}

/// Draws lines of text with a model that draws ink.
package struct LineDrawer: Sendable {
    package let generator: DigitGenerator
    /// The digit whose ink tells how a hand writes marks where its line has no digits.
    private let penDigit: UInt8

    /// The model of lines where none is asked for: the first that draws ink.
    ///
    /// - Throws: `DigitGeneratorError.noModels` in a program without one.
    package static func model(_ model: DrawRequest.Model) throws(DigitGeneratorError) -> DrawRequest.Model {
        guard model == .default else { return model }
        guard let name = DigitGenerator.inkModels.first else { throw .noModels }
        return .named(name)
    }

    /// - Throws: `DigitGeneratorError.noInkForLines` or `.unconditional` for a model that cannot draw lines.
    package init(_ generator: DigitGenerator) throws(DigitGeneratorError) {
        guard generator.drawsInk else {
            throw .noInkForLines(model: generator.name, inkModels: DigitGenerator.inkModels)
        }
        guard generator.isConditional, let last = generator.classes.last else {
            throw .unconditional(model: generator.name, conditionalModels: DigitGenerator.conditionalModels)
        }
        self.generator = generator
        penDigit = generator.classes.contains(1) ? 1 : last
    }

    /// Checks that the model draws all digits of a text, and in the style that is asked for.
    ///
    /// - Throws: `DigitGeneratorError.unknownDigits`, `.invalidStyle`, `.noStyle` or `.unreachableStyle`.
    package func check(_ text: FieldText, _ hand: HandChoice = HandChoice()) throws(DigitGeneratorError) {
        for target in hand.targets where target.first > target.last { throw .invalidStyle(target.measure) }
        guard generator.classes.count < 10 || !hand.targets.isEmpty else { return }
        let digits = Set(text.digits)
        let unknown = digits.subtracting(generator.classes).sorted()
        guard unknown.isEmpty else {
            throw .unknownDigits(unknown, model: generator.name, known: generator.classes)
        }
        try generator.check(hand.targets, digits: digits.sorted())
    }

    /// Draws lines, and makes of each what `transform` returns: that runs on the threads that draw.
    ///
    /// - Parameters:
    ///   - requests: with digits that the model draws, as `check` says.
    ///   - threads: the number of threads to use, nil for one on each processor; the lines do not depend on it.
    package func draw<Product>(
        _ requests: [LineRequest], threads: Int? = 1,
        transform: (_ index: Int, _ line: Result<LinePicture, LineError>) -> Product
    ) -> [Product] {
        let threads = min(requests.count, threads ?? Processors.count)
        // A thread draws the digits of a few lines at once, and then the lines, while their ink is in its cache.
        let portion = max(1, min(Self.portionLines, requests.count / max(threads, 1)))
        let next = Atomic(0)
        return [Product](unsafeUninitializedCapacity: requests.count) { buffer, count in
            count = requests.count
            guard let products = buffer.baseAddress else { return }
            runOnThreads(threads) {
                while true {
                    let first = next.add(portion, ordering: .relaxed).oldValue
                    guard first < requests.count else { return }
                    let end = min(first + portion, requests.count)
                    draw(requests[first..<end]) { index, line in
                        (products + index).initialize(to: transform(index, line))
                    }
                }
            }
        }
    }

    /// Lines that a thread draws together, at most: so many that the groups of digits are full.
    package static let portionLines = 32

    private func draw(
        _ requests: ArraySlice<LineRequest>, take: (_ index: Int, Result<LinePicture, LineError>) -> Void
    ) {
        let keys = keys(requests)
        let kernels = LineKernels(generator.plan.tier)
        let inks = DigitInks(count: keys.count, kernels)
        generator.fields(keys) { index, field in inks.measure(field, digit: index) }
        var digits: [DigitInk?] = []
        var start = 0
        for index in requests.indices {
            let request = requests[index]
            let end = start + max(1, request.text.digitCount)
            digits.removeAll(keepingCapacity: true)
            for digit in start..<end { digits.append(inks[digit]) }
            start = end
            take(
                index,
                Result { () throws(LineError) in
                    try LinePicture(request, inks: digits, by: kernels)
                })
        }
        // Pictures have copied what they need.
        withExtendedLifetime(inks) {}
    }

    /// The keys of the digits of lines, one line after the other.
    func keys(_ requests: ArraySlice<LineRequest>) -> [ImageKey] {
        var keys: [ImageKey] = []
        for request in requests { append(to: &keys, request) }
        return keys
    }

    /// Adds the keys of a line's digits; if it has none, that of the pen's digit.
    private func append(to keys: inout [ImageKey], _ request: LineRequest) {
        let (hand, stray) = (request.lineHand, generator.stray)
        guard request.text.digitCount > 0 else {
            return keys.append(hand.key(position: 0, label: penDigit, stray: stray))
        }
        for (position, code) in request.text.characters.enumerated() where code.isDigit {
            keys.append(hand.key(position: position, label: code - UInt8(ascii: "0"), stray: stray))
        }
    }
}

extension FieldText {
    /// The digits, from 0 to 9.
    var digits: [UInt8] { characters.filter { $0.isDigit }.map { $0 - UInt8(ascii: "0") } }

    var digitCount: Int { characters.reduce(0) { $0 + ($1.isDigit ? 1 : 0) } }
}
