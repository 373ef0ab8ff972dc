import ArgumentParser
import DigitImaging

/// In which form the images go where.
struct OutputOptions: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write to a file instead of standard output.", valueName: "file"))
    var output: String?

    @Option(
        help: ArgumentHelp("png and pgm are one picture; idx, npy and raw an array.", valueName: "format"))
    var format = OutputFormat.png

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Images in a row of a picture. (default: as near square as can be)", valueName: "number"),
        transform: Numbers.within(GridLayout.allowedColumns))
    var columns: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Make each pixel of a picture a square of this side. (default: 1)", valueName: "number"),
        transform: Numbers.within(GridLayout.allowedScales))
    var scale: Int?

    @Flag(help: "Black on white.")
    var invert = false

    func validate() throws {
        guard !format.format.isPicture else { return }
        if columns != nil { throw Self.pictureOnly("--columns") }
        if scale != nil { throw Self.pictureOnly("--scale") }
    }

    private static func pictureOnly(_ option: String) -> ValidationError {
        ValidationError("\(option) arranges a picture; use it with --format png or pgm")
    }

    /// What is to be written. Throws `ImagingError.layout`, but only for values that parsing lets through.
    func job(count: Int, size: ImageStack.Size, texts: [PNGText]) throws(ImagingError) -> ImageJob {
        let layout = try GridLayout(columns: columns, scale: scale ?? 1, invert: invert)
        return ImageJob(count: count, size: size, layout: layout, texts: texts)
    }
}
