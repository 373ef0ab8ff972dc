import DigitGen
import DigitImaging
import DigitService

/// What the options of drawing amount to: how many images, of what, in whose hand.
struct Subject {
    let count: Int
    let choice: DigitSource.Choice
    let handwriting: Handwriting
    /// The style that was taken because none was named; nil where there is no need for one.
    let chosenStyle: UInt64?
    /// Set by `--sheet`: numbers in the margins, which fix the columns.
    let labels: GridLabels?
    /// Images in a row where the command line does not say: those of a morph stand in one.
    let columns: Int?

    /// Throws `UsageError` for options that contradict each other, `DigitGeneratorError.unconditional` for a digit
    /// asked of a model that cannot be told, and `.unknownDigits` for one that it has never seen.
    init(
        digits: DigitsArgument?, count: Int?, handwriting options: Drawing.Handwriting, seed: UInt64,
        generator: DigitGenerator
    ) throws {
        if !generator.isConditional, digits != nil || options.sheet || options.morph != nil {
            throw Self.unconditional(generator, digits: digits, isSheet: options.sheet)
        }
        if options.sheet {
            self = try Self.sheet(
                of: generator.classes, digits: digits, styles: count ?? 10, from: options.style ?? 0)
        } else if let morph = options.morph {
            self = try Self.morph(morph, digits: digits, count: count ?? 12, style: options.style, seed: seed)
        } else {
            self = Self.plain(digits: digits, count: count, options, generator)
        }
        try generator.requireKnown(choice.digits)
    }

    private init(
        count: Int, choice: DigitSource.Choice, handwriting: Handwriting, chosenStyle: UInt64? = nil,
        labels: GridLabels? = nil, columns: Int? = nil
    ) {
        self.count = count
        self.choice = choice
        self.handwriting = handwriting
        self.chosenStyle = chosenStyle
        self.labels = labels
        self.columns = columns
    }

    private static func plain(
        digits: DigitsArgument?, count: Int?, _ options: Drawing.Handwriting, _ generator: DigitGenerator
    ) -> Subject {
        let choice: DigitSource.Choice =
            if let digits { .number(digits.values) } else {
                generator.isConditional ? .cycle(generator.classes) : .any
            }
        return Subject(
            count: count ?? (digits == nil ? 10 : 1), choice: choice,
            handwriting: options.style.map { .style($0, vary: options.vary?.share ?? .none) } ?? .eachItsOwn)
    }

    private static func sheet(
        of known: [UInt8], digits: DigitsArgument?, styles: Int, from first: UInt64
    ) throws -> Subject {
        guard digits == nil else {
            throw UsageError(message: "--sheet shows all digits; leave '\(digits?.text ?? "")' out")
        }
        guard styles <= DigitGenerator.countLimit / 10 else {
            throw UsageError(
                message:
                    "--count \(styles) is too large for --sheet; at most \(DigitGenerator.countLimit / 10)")
        }
        let labels = GridLabels(
            columns: known.map(UInt64.init), rows: (0..<styles).map { first &+ UInt64($0) })
        return Subject(
            count: known.count * styles, choice: .cycle(known),
            handwriting: .styles(from: first, imagesEach: known.count), labels: labels, columns: known.count)
    }

    private static func morph(
        _ morph: MorphArgument, digits: DigitsArgument?, count: Int, style: UInt64?, seed: UInt64
    ) throws -> Subject {
        guard count >= 2 else {
            throw UsageError(
                message: "--count is \(count); --morph needs at least 2 images, both ends among them")
        }
        // All in one row, if a picture may be as wide; other formats have none.
        let columns = min(count, GridLayout.allowedColumns.upperBound)
        if let digits {
            guard style == nil else {
                throw UsageError(message: "--morph names the styles itself; leave --style out, or the digits")
            }
            return Subject(
                count: count, choice: .number(digits.values),
                handwriting: .morph(from: morph.first, to: morph.last, steps: count), columns: columns)
        }
        guard let ends = morph.digits else {
            throw UsageError(
                message: "--morph \(morph.text) without digits is between two digits, each from 0 to 9; "
                    + "for styles say which digits to draw, as in 'digitgen 7 --morph \(morph.text)'")
        }
        return Subject(
            count: count, choice: .morph(from: ends.first, to: ends.last, steps: count),
            handwriting: .style(style ?? seed), chosenStyle: style == nil ? seed : nil, columns: columns)
    }

    /// The error of something asked of a model that cannot be told which digit to draw.
    private static func unconditional(
        _ generator: DigitGenerator, digits: DigitsArgument?, isSheet: Bool
    ) -> any Error {
        let models = DigitGenerator.conditionalModels
        guard digits == nil else {
            return DigitGeneratorError.unconditional(model: generator.name, conditionalModels: models)
        }
        return UsageError(
            message: "the model \"\(generator.name)\" cannot be told which digit to draw; "
                + (models.isEmpty ? "" : "use \(models.joined(separator: " or ")), or ")
                + "leave \(isSheet ? "--sheet" : "--morph") out")
    }
}
