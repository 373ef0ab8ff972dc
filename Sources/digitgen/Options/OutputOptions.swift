import ArgumentParser
import CommandLineSupport
import DigitImaging

/// In which form the images go where.
struct OutputOptions: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "png and pgm are one picture; idx, npy and raw an array. (default: by the file's name, or png)",
            valueName: "format"))
    var format: OutputFormat?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Images in a row of a picture. (default: as near square as can be)", valueName: "number"),
        transform: Numbers.within(GridLayout.allowedColumns))
    var columns: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Make a picture so many times larger. (default: 1)", valueName: "number"),
        transform: Numbers.within(GridLayout.allowedScales))
    var scale: Int?

    @Option(
        help: ArgumentHelp("How --scale enlarges: smooth, or pixels that become squares.", valueName: "kind"))
    var filter: ScaleFilter?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Pixels between the images of a picture and around them. (default: 0)", valueName: "number"),
        transform: Numbers.within(GridLayout.allowedPaddings))
    var padding: Int?

    @Flag(help: "Black on white.")
    var invert = false

    @Option(help: ArgumentHelp("What is between the strokes; transparent in PNG alone.", valueName: "kind"))
    var background: GridLayout.Background?

    @Option(
        help: ArgumentHelp(
            """
            Show the images on standard output, in blocks or by the terminal's graphics. (default: blocks on a \
            terminal)
            """, valueName: "kind"))
    var preview: PreviewKind?

    func validate() throws {
        if preview != nil, output != nil {
            throw ValidationError("--preview shows the images instead of writing them; leave -o out")
        }
        let format = try fileFormat().name
        if background == .transparent, format != .png {
            throw ValidationError(
                "--background transparent is for --format png; \(format.rawValue) cannot say it")
        }
        if filter != nil, scale ?? 1 == 1 {
            throw ValidationError("--filter says how --scale enlarges; give --scale, too")
        }
        guard !format.format.isPicture else { return }
        for (option, isGiven) in [
            ("--columns", columns != nil), ("--scale", scale != nil), ("--padding", padding != nil),
        ] where isGiven {
            throw Self.pictureOnly(option)
        }
    }

    /// The error of an option that only makes sense for a picture.
    static func pictureOnly(_ option: String) -> ValidationError {
        ValidationError("\(option) arranges a picture; use it with --format png or pgm")
    }

    /// Throws `ValidationError` for a name that contradicts `--format`, or that names a format which is not written.
    func fileFormat() throws -> FileFormat { try FileFormat(explicit: format, path: output) }

    func values() throws -> Drawing.Output {
        try Drawing.Output(
            path: output, format: fileFormat(), columns: columns, scale: scale, filter: filter,
            padding: padding,
            invert: invert, background: background, preview: preview)
    }
}

extension ScaleFilter: ExpressibleByArgument {}
extension GridLayout.Background: ExpressibleByArgument {}
