import TestSupport
import Testing

@Suite("Pictures of ink", .needsProgram)
struct InkTests {
    private let sample: Sample

    init() throws {
        sample = try Sample()
        sample.folder.write(try SampleBundle.encodedInk(), to: "ink.safetensors.zst")
    }

    private func run(
        _ arguments: String..., output: Execution.Output = .file
    ) throws -> Execution.Outcome {
        try run(arguments, output: output)
    }

    private func run(
        _ arguments: [String], output: Execution.Output = .file
    ) throws -> Execution.Outcome {
        try Program.run(
            arguments + ["--seed", "1", "--weights", "ink.safetensors.zst"], output: output,
            folder: sample.folder.path)
    }

    private func png(_ arguments: String...) throws -> DecodedPNG {
        let outcome = try Program.run(
            arguments + ["--seed", "1", "--weights", "ink.safetensors.zst"], folder: sample.folder.path)
        outcome.expectSuccess()
        return try #require(DecodedPNG(outcome.output))
    }

    @Test("any size can be drawn, also as a grid with padding, inverted")
    func sizes() throws {
        let large = try png("7", "--size", "100")
        #expect(large.width == 100 && large.height == 100)
        let grid = try png(
            "7", "--count", "4", "--size", "31", "--padding", "2", "--columns", "4", "--invert")
        #expect(grid.width == 4 * 31 + 10 && grid.height == 35 && grid.pixels[0] == 255)
        let number = try png("123", "--size", "50")
        #expect(number.width == 150 && number.height == 50)
    }

    @Test("--scale draws ink at that size, unless the finish or the filter asks for pixels")
    func scale() throws {
        let drawn = try png("7", "--scale", "3")
        #expect(try drawn.pixels == png("7", "--size", "84").pixels)
        #expect(try drawn.pixels == png("7", "--scale", "3", "--finish", "ink").pixels)
        let enlarged = try png("7", "--scale", "3", "--filter", "pixels")
        #expect(enlarged.width == 84 && enlarged.pixels != drawn.pixels)
        let small = try png("7")
        let places = (0..<28).flatMap { y in (0..<28).map { x in y * 3 * 84 + x * 3 } }
        let corners = places.map { enlarged.pixels[$0] }
        #expect(corners == small.pixels)
        #expect(try png("7", "--size", "84", "--finish", "mnist").pixels != drawn.pixels)
    }

    @Test("at 28 pixels the finish is that of MNIST, unless asked for ink")
    func smallest() throws {
        let finished = try run("7", "--format", "raw").output
        #expect(try run("7", "--size", "28", "--format", "raw").output == finished)
        #expect(try run("7", "--finish", "mnist", "--format", "raw").output == finished)
        let ink = try run("7", "--finish", "ink", "--format", "raw").output
        #expect(ink.count == 784 && ink != finished)
    }

    @Test("arrays and data sets have images of the size")
    func arrays() throws {
        let raw = try run("7", "--count", "3", "--size", "40", "--format", "raw").output
        #expect(raw.count == 3 * 1600)
        let npy = try run("7", "--count", "3", "--size", "40", "--format", "npy").output
        #expect(String(decoding: npy.prefix(128), as: UTF8.self).contains("(3, 40, 40)"))
        #expect(Array(npy.suffix(4800)) == raw)
        try run("dataset", "--count", "4", "--size", "40", "--format", "npy", "-o", "set").expectSuccess()
        let manifest = String(decoding: sample.folder.contents("set/.manifest.json") ?? [], as: UTF8.self)
        #expect(manifest.contains(#""width":40"#) && manifest.contains(#""finish":"ink, 40 pixels""#))
    }

    @Test("a sheet's numbers grow with the size, and a picture says how it was drawn")
    func sheet() throws {
        let sheet = try png("--sheet", "--count", "2", "--size", "60")
        #expect(sheet.width == 10 * 60 + (5 + 8) * 2 && sheet.height == 2 * 60 + 15 * 2)
        let picture = try run("7", "--size", "60").output
        #expect(String(decoding: picture, as: UTF8.self).contains("ink, 60 pixels"))
    }

    @Test("a preview is drawn at the screen's size, and its command keeps the options")
    func preview() throws {
        let blocks = try run("7", "--size", "60", output: .terminal(columns: 80))
        #expect(blocks.status == 0 && blocks.errors.contains("--size 60"))
        let ink = try run("7", "--preview", "kitty")
        let pixels = try run("7", "--preview", "kitty", "--finish", "mnist")
        #expect(ink.status == 0 && ink.output != pixels.output)
    }

    @Test("SVG is valid XML with a closed path a digit, in the grid of the PNG")
    func svg() throws {
        let words = ["123", "--count", "4", "--size", "50", "--padding", "2", "--columns", "2"]
        let outcome = try run(words + ["--format", "svg"])
        let document = try SVGDocument(outcome.output)
        #expect(document.root["width"] == "306" && document.root["height"] == "106")
        #expect(document.root["viewBox"] == "0 0 306 106")
        #expect(document.rectangles == ["#000000"] && document.group["fill"] == "#ffffff")
        #expect(document.group["fill-rule"] == "evenodd")
        #expect(document.metadata.contains("Seed: 1\n"))
        #expect(document.metadata.contains("Finish: ink, 50 pixels"))
        let corners = [2, 54].flatMap { y in [2, 52, 102, 154, 204, 254].map { "translate(\($0) \(y))" } }
        #expect(document.paths.map { $0["transform"] } == corners)
        for path in document.paths.compactMap({ $0["d"] }) {
            #expect(path.wholeMatch(of: /(M\S+ \S+Q\S+ \S+ [^TZ]+T[^A-Z]+Z)+/) != nil, "\(path.prefix(99))")
        }
        try run(words + ["-o", "z.svg"]).expectSuccess()
        #expect(sample.folder.contents("z.svg") == outcome.output)
        #expect(try run(words + ["--format", "svg", "-o", "-"]).output == outcome.output)
    }

    @Test("SVG can be inverted, transparent, a sheet with numbers, and previewed")
    func svgOptions() throws {
        let clear = try SVGDocument(
            run("7", "--format", "svg", "--invert", "--background", "transparent").output)
        #expect(clear.rectangles == [] && clear.group["fill"] == "#000000")
        #expect(clear.root["width"] == "28")
        let sheet = try SVGDocument(
            run("--sheet", "--count", "2", "--scale", "2", "--invert", "--format", "svg").output)
        #expect(sheet.rectangles == ["#ffffff"])
        #expect(sheet.paths.count == 21 && sheet.paths[0]["fill"] == "#606060")
        #expect(sheet.root["width"] == "\(10 * 56 + (5 + 8) * 2)")
        let preview = try run("7", "--format", "svg", output: .terminal(columns: 80))
        #expect(preview.status == 0 && preview.errors.contains("--format svg -o digits.svg"))
    }

    @Test("SVG needs a model that draws ink, and options for pixels are errors")
    func svgMistakes() throws {
        try sample.run("7", "--format", "svg").expectFailure(
            64, "the model \"sample\" draws no ink; SVG needs one that does")
        try run("7", "-o", "z.svg", "--finish", "mnist").expectFailure(64, "omit --finish mnist")
        try run("7", "-o", "z.svg", "--filter", "smooth", "--scale", "2").expectFailure(64, "omit --filter")
        try run("7", "-o", ".", "--format", "svg").expectFailure(
            64, "is a folder; expected the name of a file, such as './digits.svg'")
        #expect(sample.folder.contents("z.svg") == nil)
    }

    @Test("options that do not go together, or that the model cannot draw, are errors")
    func mistakes() throws {
        for size in ["7", "2049", "-1", "x"] {
            try run("7", "--size", size).expectFailure(64, "--size", "from 8 to 2048")
        }
        try run("7", "--size", "56", "--scale", "2").expectFailure(
            64, "--size and --scale are mutually exclusive")
        try run("7", "--finish", "pencil").expectFailure(64, "--finish", "mnist", "ink")
        try run("7", "--filter", "smooth", "--finish", "ink", "--scale", "2").expectFailure(64, "--filter")
        try run("7", "--size", "50", "--finish", "mnist").expectFailure(64, "multiple of 28 up to 1792")
        try run("7", "--size", "56", "--finish", "mnist", "--format", "npy").expectFailure(
            64, "--size needs a picture")
        try sample.run("7", "--finish", "ink").expectFailure(
            64, "the model \"sample\" draws no ink; --finish ink needs one that does")
        try sample.run("7", "--finish", "ink", "--preview", "blocks").expectFailure(64, "draws no ink")
        try sample.run("7", "--size", "50").expectFailure(
            64, "the model \"sample\" draws no ink; --size must be a multiple of 28 up to 1792")
        try sample.run("dataset", "--count", "2", "--size", "50", "-o", "set").expectFailure(
            64, "draws no ink; --size 50 needs one that does")
    }

    @Test("a model without ink enlarges its pixels to a size as to a scale")
    func pixels() throws {
        let scaled = try sample.run("7", "--seed", "1", "--scale", "2")
        let sized = try sample.run("7", "--seed", "1", "--size", "56")
        scaled.expectSuccess()
        #expect(sized.output == scaled.output)
    }
}
