import ArgumentParser
import CommandLineSupport
import DigitGen
import DigitImaging

/// The destination and format of the images.
struct OutputOptions: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "png, svg and pgm are one picture; idx, npy and raw an array. (default: by the file name, or png)",
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

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Pixels along a side of a digit, instead of --scale: 8 to 2048. (default: 28)",
            valueName: "pixels"),
        transform: Numbers.within(Finish.sizes))
    var size: Int?

    @Option(
        help: ArgumentHelp(
            """
            Make pixels by MNIST's preprocessing, for pictures to enlarge, or draw the model's ink at any size. \
            (default: mnist at 28 pixels, and ink at other sizes if the model draws it)
            """, valueName: "kind"))
    var finish: Finish.Name?

    @Option(help: ArgumentHelp("How pixels are enlarged: smoothly, or as squares.", valueName: "kind"))
    var filter: ScaleFilter?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Pixels between the images of a picture and around them. (default: 0)", valueName: "number"),
        transform: Numbers.within(GridLayout.allowedPaddings))
    var padding: Int?

    @Flag(help: "Draw black on white.")
    var invert = false

    @Option(help: ArgumentHelp("Background of a picture; PNG and SVG can be transparent.", valueName: "kind"))
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
        if background == .transparent, format != .png, format != .svg {
            throw ValidationError(
                "\(format.rawValue.uppercased()) has no transparency; use --format png or svg")
        }
        if size != nil, scale != nil {
            throw ValidationError("--size and --scale are mutually exclusive")
        }
        if format == .svg, finish == .mnist || filter != nil {
            throw ValidationError("SVG draws ink; omit \(filter == nil ? "--finish mnist" : "--filter")")
        }
        if filter != nil {
            guard finish != .ink else {
                throw ValidationError("--filter enlarges pixels, and --finish ink draws; omit one of them")
            }
            guard side != Finish.mnist.size else {
                throw ValidationError("--filter needs --scale or --size")
            }
        }
        guard !format.isPicture else { return }
        for (option, isGiven) in [
            ("--columns", columns != nil), ("--scale", scale != nil), ("--padding", padding != nil),
        ] where isGiven {
            throw Self.pictureOnly(option)
        }
    }

    /// The error of an option that only pictures have.
    static func pictureOnly(_ option: String) -> ValidationError {
        ValidationError("\(option) needs a picture; use --format png, svg or pgm")
    }

    /// Throws `ValidationError` for a file name that contradicts `--format` or has an unsupported extension.
    func fileFormat() throws -> FileFormat { try FileFormat(explicit: format, path: output) }

    /// Pixels along a side of a digit, by --size or --scale.
    private var side: Int { size ?? Finish.mnist.size * (scale ?? 1) }

    /// The arrangement of the images, in `columns` columns without --columns. Throws `ImagingError.layout`, but not for
    /// values that parsing accepts.
    ///
    /// - Parameter finish: that of the images. The layout enlarges those of MNIST to --size or --scale.
    func layout(_ finish: Finish, columns: Int?, labels: GridLabels?) throws(ImagingError) -> GridLayout {
        let scale = min(max(side / Finish.mnist.size, 1), GridLayout.allowedScales.upperBound)
        return try GridLayout(
            columns: self.columns ?? columns, scale: finish == .mnist ? scale : 1, filter: filter ?? .smooth,
            padding: padding ?? 0, invert: invert, background: background ?? .solid, labels: labels,
            labelScale: scale)
    }

    /// True if a model's images of other sizes than MNIST's are drawn ink instead of enlarged pixels.
    func drawsInk(_ generator: DigitGenerator) -> Bool {
        finish == .ink || finish == nil && filter == nil && generator.drawsInk
    }

    /// The finish of a model's images: drawn ink, or pixels that the layout of a picture enlarges. Throws for what the
    /// model or the format cannot do.
    func finish(of generator: DigitGenerator) throws -> Finish {
        let isSVG = try fileFormat().name == .svg
        if isSVG, !generator.drawsInk {
            let models = DigitGenerator.inkModels
            throw UsageError(
                message: "the model \"\(generator.name)\" draws no ink; SVG needs one that does"
                    + (models.isEmpty ? "" : ", such as \(models.joined(separator: " or "))"))
        }
        guard !drawsInk(generator) else {
            let finish = try Finish(isSVG ? .ink : finish, size: side)
            try generator.check(finish)
            return finish
        }
        if side == Finish.mnist.size { return .mnist }
        let scales = GridLayout.allowedScales
        guard side.isMultiple(of: Finish.mnist.size), scales.contains(side / Finish.mnist.size) else {
            let greatest = Finish.mnist.size * scales.upperBound
            throw UsageError(
                message: generator.drawsInk
                    ? "--size must be a multiple of 28 up to \(greatest) with --finish mnist"
                    : "the model \"\(generator.name)\" draws no ink; --size must be a multiple of 28 up to "
                        + "\(greatest)")
        }
        guard try fileFormat().name.isPicture else { throw Self.pictureOnly("--size") }
        return .mnist
    }

    /// What a PNG says of its layout, so that `again` repeats it: options that are not the default. Nil without any.
    /// The size of drawn ink is not among them, because it is a text of its own.
    ///
    /// - Parameters:
    ///   - columns: nil for the default.
    ///   - drawsInk: true if the model draws ink unless --finish says otherwise.
    func layoutText(_ finish: Finish, columns: Int?, drawsInk: Bool) throws(ImagingError) -> PNGText? {
        var words: [String] = []
        if let columns { words += ["--columns", "\(columns)"] }
        if finish == .mnist, side != finish.size {
            words += ["--size", "\(side)"] + (drawsInk ? ["--finish", "mnist"] : [])
        }
        if filter == .pixels { words += ["--filter", "pixels"] }
        if let padding, padding > 0 { words += ["--padding", "\(padding)"] }
        if invert { words.append("--invert") }
        if let background, background != .solid { words += ["--background", background.rawValue] }
        return try Self.layoutText(words)
    }

    /// The same of lines, whose levels are in a text of their own.
    func lineLayoutText() throws(ImagingError) -> PNGText? {
        var words: [String] = []
        if let columns { words += ["--columns", "\(columns)"] }
        if let padding, padding > 0 { words += ["--padding", "\(padding)"] }
        if let background, background != .solid { words += ["--background", background.rawValue] }
        return try Self.layoutText(words)
    }

    private static func layoutText(_ words: [String]) throws(ImagingError) -> PNGText? {
        guard !words.isEmpty else { return nil }
        // An iTXt chunk: the tEXt chunks of a request are promised.
        return try PNGText(keyword: "Layout", text: words.joined(separator: " "), isInternational: true)
    }

    /// The options as command-line words, with a file as output.
    var words: [String] {
        var words: [String] = []
        if let columns { words += ["--columns", "\(columns)"] }
        if let scale { words += ["--scale", "\(scale)"] }
        if let size { words += ["--size", "\(size)"] }
        if let finish { words += ["--finish", finish.rawValue] }
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
extension Finish.Name: ExpressibleByArgument {}
extension GridLayout.Background: ExpressibleByArgument {}
