import ArgumentParser
import CommandLineSupport
import DigitImaging

/// The destination and format of the images.
struct OutputOptions: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "png and pgm are one picture; idx, npy and raw an array. (default: by the file name, or png)",
            valueName: "format"))
    var format: OutputFormat?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Images in a row of a picture. (default: a near-square grid)", valueName: "number"),
        transform: Numbers.within(GridLayout.allowedColumns))
    var columns: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Enlarge a picture this many times. (default: 1)", valueName: "number"),
        transform: Numbers.within(GridLayout.allowedScales))
    var scale: Int?

    @Option(help: ArgumentHelp("How --scale enlarges: smoothly, or in square pixels.", valueName: "kind"))
    var filter: ScaleFilter?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Pixels between the images of a picture and around them. (default: 0)", valueName: "number"),
        transform: Numbers.within(GridLayout.allowedPaddings))
    var padding: Int?

    @Flag(help: "Draw black on white.")
    var invert = false

    @Option(help: ArgumentHelp("Background of a picture; only PNG can be transparent.", valueName: "kind"))
    var background: GridLayout.Background?

    @Option(
        help: ArgumentHelp(
            """
            Show the images on standard output, as block characters or terminal graphics. (default: blocks on a \
            terminal)
            """, valueName: "kind"))
    var preview: PreviewKind?

    func validate() throws {
        if preview != nil, output != nil {
            throw ValidationError("--preview and --output are mutually exclusive")
        }
        let format = try fileFormat().name
        if background == .transparent, format != .png {
            throw ValidationError("\(format.rawValue.uppercased()) has no transparency; use --format png")
        }
        if filter != nil, scale ?? 1 == 1 { throw ValidationError("--filter needs --scale") }
        guard !format.format.isPicture else { return }
        for (option, isGiven) in [
            ("--columns", columns != nil), ("--scale", scale != nil), ("--padding", padding != nil),
        ] where isGiven {
            throw Self.pictureOnly(option)
        }
    }

    /// The error of an option that only pictures have.
    static func pictureOnly(_ option: String) -> ValidationError {
        ValidationError("\(option) needs a picture; use --format png or pgm")
    }

    /// Throws `ValidationError` for a file name that contradicts `--format` or has an unsupported extension.
    func fileFormat() throws -> FileFormat { try FileFormat(explicit: format, path: output) }

    /// The arrangement of the images, in `columns` columns without --columns. Throws `ImagingError.layout`, but not for
    /// values that parsing accepts.
    func layout(columns: Int?, labels: GridLabels?) throws(ImagingError) -> GridLayout {
        try GridLayout(
            columns: self.columns ?? columns, scale: scale ?? 1, filter: filter ?? .smooth,
            padding: padding ?? 0, invert: invert, background: background ?? .solid, labels: labels)
    }

    /// The options as command-line words, with a file as output.
    var words: [String] {
        var words: [String] = []
        if let columns { words += ["--columns", "\(columns)"] }
        if let scale { words += ["--scale", "\(scale)"] }
        if let filter { words += ["--filter", filter.rawValue] }
        if let padding { words += ["--padding", "\(padding)"] }
        let format = format ?? .png
        if format != .png { words += ["--format", format.rawValue] }
        if invert { words.append("--invert") }
        if let background { words += ["--background", background.rawValue] }
        return words + ["-o", "digits.\(format.rawValue)"]
    }
}

/// The value of `--preview`: the way to show images on a terminal.
enum PreviewKind: String, CaseIterable, ExpressibleByArgument {
    /// Block characters, two pixels each, which every terminal supports.
    case blocks
    /// Sixel graphics: xterm, foot, mlterm, WezTerm, Windows Terminal and others.
    case sixel
    /// kitty's graphics protocol: kitty, WezTerm, Ghostty, Konsole and others.
    case kitty
}

extension ScaleFilter: ExpressibleByArgument {}
extension GridLayout.Background: ExpressibleByArgument {}
