import DigitGen
import Platform
import Synchronization

/// A line to be drawn: a function of these and of the model alone.
package struct LineRequest: Equatable, Sendable {
    package var text: FieldText
    package var style: LineStyle
    package var seed: UInt64
    /// The number of the line under its seed: 0 ... 2^53 − 1.
    package var index: Int
    /// The number of the hand; nil for one that seed and index decide.
    package var hand: UInt64?

    package init(_ text: FieldText, style: LineStyle, seed: UInt64, index: Int, hand: UInt64? = nil) {
        self.text = text
        self.style = style
        self.seed = seed
        self.index = index
        self.hand = hand
    }

    var lineHand: LineHand { LineHand(style: hand, seed: seed, index: index) }
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

    /// Checks that the model draws all digits of a text.
    ///
    /// - Throws: `DigitGeneratorError.unknownDigits`.
    package func check(_ text: FieldText) throws(DigitGeneratorError) {
        guard generator.classes.count < 10 else { return }
        let unknown = Set(text.digits).subtracting(generator.classes).sorted()
        guard unknown.isEmpty else {
            throw .unknownDigits(unknown, model: generator.name, known: generator.classes)
        }
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
        let threads = requests.count > 1 ? threads ?? Processors.count : 1
        var keys: [ImageKey] = []
        var starts: [Int] = []
        for request in requests {
            starts.append(keys.count)
            keys += self.keys(request)
        }
        let area = DrawnField.side * DrawnField.side
        let fields = [Int16](unsafeUninitializedCapacity: keys.count * area) { buffer, count in
            count = keys.count * area
            guard let base = buffer.baseAddress else { return }
            generator.fields(keys, threads: threads) { index, field in
                field.copy(to: base + index * area, bits: DigitRaster.fieldBits)
            }
        }
        let next = Atomic(0)
        return [Product](unsafeUninitializedCapacity: requests.count) { buffer, count in
            count = requests.count
            fields.withUnsafeBufferPointer { fields in
                guard let products = buffer.baseAddress, let fields = fields.baseAddress else { return }
                runOnThreads(min(threads, requests.count)) {
                    while true {
                        let index = next.add(1, ordering: .relaxed).oldValue
                        guard index < requests.count else { return }
                        let product = transform(
                            index, Self.draw(requests[index], fields + starts[index] * area))
                        (products + index).initialize(to: product)
                    }
                }
            }
        }
    }

    private static func draw(
        _ request: LineRequest, _ fields: UnsafePointer<Int16>
    ) -> Result<LinePicture, LineError> {
        Result { () throws(LineError) in
            try LinePicture(request, fields: fields, pen: request.text.digitCount == 0 ? fields : nil)
        }
    }

    /// The keys of a line's digits; if it has none, that of the pen's digit.
    private func keys(_ request: LineRequest) -> [ImageKey] {
        let (hand, stray) = (request.lineHand, generator.stray)
        guard request.text.digitCount > 0 else {
            return [ImageKey(latent: hand.latent(position: 0, stray: stray), label: penDigit)]
        }
        var keys: [ImageKey] = []
        for (position, code) in request.text.characters.enumerated() where code.isDigit {
            keys.append(
                ImageKey(
                    latent: hand.latent(position: position, stray: stray), label: code - UInt8(ascii: "0")))
        }
        return keys
    }
}

extension FieldText {
    /// The digits, from 0 to 9.
    var digits: [UInt8] { characters.filter(\.isDigit).map { $0 - UInt8(ascii: "0") } }

    var digitCount: Int { characters.reduce(0) { $0 + ($1.isDigit ? 1 : 0) } }
}
