import ArgumentParser
import CommandLineSupport
import DigitGen

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
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            How far digits stray from their hand, from 0 to 1; with models other than ink, images from --style. \
            (default: with ink as people's digits do, otherwise 0)
            """, valueName: "fraction"),
        transform: VaryArgument.parse)
    var vary: VaryArgument?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            The digits' lean in degrees, positive to the right, or a range a:b of it. Only with models that obey a \
            style, as are --thickness and --width. (default: as the hand has it)
            """, valueName: "degrees"))
    var slant: StyleArgument?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The strokes' width in parts of the digit's height, such as 0.12, a range of it, thin or bold.",
            valueName: "part"))
    var thickness: StyleArgument?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The digits' width in parts of their height, such as 0.8, or a range of it.", valueName: "part"))
    var width: StyleArgument?

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

    private var styleArguments: [(StyleMeasure, StyleArgument?)] {
        [(.slant, slant), (.thickness, thickness), (.width, width)]
    }

    /// `--vary` and the style as command-line words.
    var styleWords: [String] {
        var words: [String] = []
        if let vary { words += ["--vary", vary.text] }
        for (measure, argument) in styleArguments {
            if let argument { words += ["--\(measure)=\(argument.text)"] }
        }
        return words
    }
}
