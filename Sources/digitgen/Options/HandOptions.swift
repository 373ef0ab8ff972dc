import ArgumentParser
import CommandLineSupport
import DigitDataSets
import DigitFields
import DigitGen
import Platform

/// The hand that draws digits, and the style that it should have.
struct HandOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Draw all images in the hand with this number, which is the same under every seed.",
            valueName: "number"),
        transform: Numbers.within(0...UInt64.max))
    var style: UInt64?

    @Option(
        help: ArgumentHelp(
            """
            Draw all images in the hand that is most like that of a picture: a PNG of one or more digits, each apart \
            from the others, or an IDX file of images. Only with models that obey a style.
            """, valueName: "file"),
        completion: .file())
    var like: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            How far digits stray from their hand, from 0 to 1; with models other than ink, images from --style. \
            (default: with ink as people's digits do, otherwise 0)
            """, valueName: "fraction"),
        transform: VaryArgument.parse)
    var vary: VaryArgument?

    @Flag(
        help: """
            Vary handwriting more than people do, to train readers of digits unlike MNIST's. Rare forms and styles \
            become common; some digits are hard to read.
            """)
    var diverse = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            Slant in degrees, positive to the right, or a range a:b. Like --thickness and --width, only with models \
            that can be asked for one, such as ink. (default: that of the hand)
            """, valueName: "degrees"),
        transform: StyleArgument.parse)
    var slant: StyleArgument?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Thickness of the strokes as a fraction of the digit's height, such as 0.12, a range, thin or bold.",
            valueName: "part"),
        transform: StyleArgument.parse)
    var thickness: StyleArgument?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Width of the digits as a fraction of their height, such as 0.8, or a range.", valueName: "part"),
        transform: StyleArgument.parse)
    var width: StyleArgument?

    func validate() throws {
        guard like == nil || style == nil else {
            throw ValidationError("--style and --like are mutually exclusive")
        }
        guard like == nil || !diverse else {
            throw ValidationError("--like and --diverse are mutually exclusive")
        }
        guard like != "" else { throw ValidationError("--like needs the name of a file") }
    }

    /// The number of the hand: `--style`, or that which is like the file's digits, of which it tells on standard error.
    ///
    /// - Throws: `DataSetError` and `DigitGeneratorError`.
    func number(by generator: DigitGenerator) throws -> UInt64? {
        guard let like else { return style }
        let given = try GivenDigits(contentsOf: like)
        let hand = try generator.hand(like: given.pictures, digits: given.labels, threads: Processors.count)
        let digits = hand.digits.map(String.init).joined()
        StandardError.print("digitgen: the digits \(digits) of '\(like)' are most like hand \(hand.number)")
        return hand.number
    }

    /// What is asked of the digits' style.
    ///
    /// - Throws: `DigitGeneratorError.invalidStyle`.
    func targets() throws(DigitGeneratorError) -> [StyleTarget] {
        var targets: [StyleTarget] = []
        for (measure, argument) in styleArguments {
            guard let argument else { continue }
            targets.append(try argument.target(measure))
        }
        return targets
    }

    /// The hand of lines.
    ///
    /// - Throws: as `number(by:)`, and `DigitGeneratorError.invalidStyle`.
    func choice(by generator: DigitGenerator) throws -> HandChoice {
        HandChoice(
            number: try number(by: generator), vary: vary?.fraction, isDiverse: diverse,
            targets: try targets())
    }

    private var styleArguments: [(StyleMeasure, StyleArgument?)] {
        [(.slant, slant), (.thickness, thickness), (.width, width)]
    }

    /// `--vary` and the style as command-line words.
    var styleWords: [String] {
        var words: [String] = []
        if let vary { words += ["--vary", vary.text] }
        if diverse { words.append("--diverse") }
        for (measure, argument) in styleArguments {
            if let argument { words += ["--\(measure)=\(argument.text)"] }
        }
        return words
    }
}
