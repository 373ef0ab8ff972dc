import ArgumentParser
import CommandLineSupport
import DigitGen
import DigitImaging
import DigitService
import Platform

/// Draws a picture again.
struct AgainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "again",
        abstract: "Redraw a picture from the settings that its PNG stores.",
        discussion: """
            Every PNG of digitgen, but those of data sets, stores its seed, its model, what was asked for and the \
            layout.

            EXAMPLES:
              digitgen 7 --count 16 --scale 2 -o sevens.png
              digitgen again sevens.png -o same.png
            """)

    @Argument(help: ArgumentHelp("PNG that digitgen has drawn.", valueName: "file"), completion: .file())
    var file: String

    @Option(
        help: ArgumentHelp(
            "Read the model from a file, if it did not come with the program.", valueName: "file"))
    var weights: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write to a PNG instead of standard output.", valueName: "file"))
    var output: String?

    func validate() throws {
        guard let output else { return }
        switch FileSuffix(path: output) {
        case .format(.png, _), .unknown: break
        case .format, .foreign:
            throw ValidationError("again draws a PNG; '\(output)' is the name of another kind of file")
        }
        guard try NumberedName(output) == nil else {
            throw ValidationError("again draws one picture; omit %d in --output")
        }
    }

    func run() throws {
        let texts = try pictureTexts()
        let request = try PictureRequest(texts, file: file)
        var words = request.words
        words += try modelWords(texts)
        if let output {
            try check(output)
            words += ["--format", "png", "--output=\(output)"]
        }
        // A text may begin with a hyphen.
        if let line = request.line { words += ["--", line] }
        // What the environment asks for is no mistake of the picture.
        _ = try KernelTier.preferred()
        do {
            try GenerateCommand.parse(words).run()
        } catch {
            let failure = Failure(error, of: GenerateCommand.self)
            let isOfPicture = [ExitStatus.usage, .badData].contains { $0.rawValue == failure.status }
            guard isOfPicture, let message = failure.message else { throw error }
            throw PictureError(
                file: file, reason: "its text asks for what digitgen does not draw (\(message))")
        }
    }

    private func pictureTexts() throws -> [String: String] {
        do throws(PNGTexts.Problem) {
            return try PNGTexts.read(file)
        } catch {
            switch error {
            case .unreadable(let error): throw MissingInputError(message: error.description)
            case .notPNG: throw PictureError(file: file, reason: "not a PNG")
            case .damaged: throw PictureError(file: file, reason: "damaged PNG")
            }
        }
    }

    /// Throws `UsageError` for an output that cannot be a picture or must not be replaced.
    private func check(_ output: String) throws {
        guard output != "-" else { return }
        if case .folder = PathKind(output) { throw UsageError.folder(output, whereFileOf: "png") }
        if let weights, FileStatus.areSame(weights, output) {
            throw UsageError(message: "'\(output)' is the model's file; choose another output")
        }
    }

    /// The options that select the model with the picture's digest.
    private func modelWords(_ texts: [String: String]) throws -> [String] {
        guard let name = texts["Model"], let digest = texts["Bundle SHA-256"] else {
            throw PictureError(file: file, reason: "its text names no model")
        }
        if let weights {
            guard try DigitGenerator(.file(weights)).sha256 == digest else {
                throw PictureError(
                    file: file, reason: "drawn by another model than '\(weights)'; SHA-256 \(digest)")
            }
            return ["--weights=\(weights)"]
        }
        guard DigitGenerator.sha256(ofShipped: name) == digest else {
            throw UsageError(
                message:
                    "'\(file)' was drawn by a model that did not come with this program, \"\(name)\" with the "
                    + "SHA-256 \(digest); name its file with --weights")
        }
        return ["--model", name]
    }
}

/// The request and the layout in a picture's texts, as options of a command line.
private struct PictureRequest {
    private let texts: [String: String]
    private let file: String
    private(set) var words: [String] = []
    /// The text of a line; nil for digits and patterns.
    private(set) var line: String?

    /// Throws `PictureError` for texts that are not of this program.
    init(_ texts: [String: String], file: String) throws(PictureError) {
        self.texts = texts
        self.file = file
        if texts["Digits"] != nil { words.append(try number("Digits")) }
        if let style = texts["Line"] { try addLine(style) }
        words += ["--seed", try number("Seed")]
        if texts["First image"] != nil { words += ["--first", try number("First image")] }
        try addHandwriting()
        if let finish = texts["Finish"] {
            guard let match = finish.wholeMatch(of: /ink, ([0-9]+) pixels/) else { throw invalid("Finish") }
            words += ["--size", String(match.1), "--finish", "ink"]
        }
        try addLayout()
    }

    /// The text of a line and its looks; only options of lines, because the file may be anybody's.
    private mutating func addLine(_ style: String) throws(PictureError) {
        if let text = texts["Text"] {
            line = text
        } else if let pattern = texts["Pattern"] {
            words.append("--pattern=\(pattern)")
        } else {
            throw PictureError(file: file, reason: "its lines have other texts, which it does not store")
        }
        for setting in style.split(separator: ", ") {
            if setting == "boxes" {
                words.append("--boxes")
            } else if let match = setting.wholeMatch(
                of: /(height|across|margin|spacing|slope|touch|wander|ink|paper) ([0-9]+)/)
            {
                words += ["--\(match.1)", String(match.2)]
            } else {
                throw invalid("Line")
            }
        }
    }

    /// The hand, with the number of images, which of a sheet is that of styles.
    private mutating func addHandwriting() throws(PictureError) {
        let count = try number("Count")
        guard let hand = texts["Handwriting"] else {
            words += ["--count", count]
            return
        }
        var parts = hand.split(separator: ", ").map(String.init)[...]
        if let styles = parts.first?.wholeMatch(of: /styles from ([0-9]+)/) {
            guard let each = parts.dropFirst().first?.wholeMatch(of: /([1-9][0-9]?) images each/),
                let images = Int(count), let digits = Int(each.1)
            else { throw invalid("Handwriting") }
            words += ["--sheet", "--style", String(styles.1), "--count", "\(images / digits)"]
            parts = parts.dropFirst(2)
        } else {
            words += ["--count", count]
        }
        for part in parts { try addHandwriting(part) }
    }

    private mutating func addHandwriting(_ part: String) throws(PictureError) {
        if let match = part.wholeMatch(of: /(style ([0-9]+))? ?(varied by ([0-9.e-]+))?/) {
            if let style = match.2 { words += ["--style", String(style)] }
            if let vary = match.4 { words += ["--vary", try decimal(String(vary))] }
        } else if let match = part.wholeMatch(of: /from (?:style|digit) ([0-9]+) to (?:style|digit) ([0-9]+)/)
        {
            words += ["--morph", "\(match.1):\(match.2)"]
        } else if let match = part.wholeMatch(of: /(slant|thickness|width) (-?[0-9.]+(?::-?[0-9.]+)?)/) {
            words.append("--\(match.1)=\(match.2)")
        } else if part == "diverse" {
            words.append("--diverse")
        } else {
            throw invalid("Handwriting")
        }
    }

    /// The fraction in plain digits, as `--vary` takes it.
    private func decimal(_ text: String) throws(PictureError) -> String {
        guard let fraction = Double(text).flatMap(Fraction.init) else { throw invalid("Handwriting") }
        return fraction.decimal
    }

    /// Only options of a layout: the file may be anybody's.
    private mutating func addLayout() throws(PictureError) {
        guard let layout = texts["Layout"] else { return }
        var rest = layout.split(separator: " ").map(String.init)[...]
        while let option = rest.popFirst() {
            words.append(option)
            switch option {
            case "--invert": continue
            case "--columns", "--size", "--padding", "--filter", "--background", "--finish":
                guard let value = rest.popFirst(), value.utf8.allSatisfy({ Self.isPlain($0) }) else {
                    throw invalid("Layout")
                }
                words.append(value)
            default: throw invalid("Layout")
            }
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    /// The text of a keyword, which is digits.
    private func number(_ keyword: String) throws(PictureError) -> String {
        guard let text = texts[keyword] else {
            throw PictureError(
                file: file,
                reason: "its text has no \(keyword.lowercased()); digitgen did not draw it, or drew it for a "
                    + "data set")
        }
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") <= 9 }) else {
            throw invalid(keyword)
        }
        return text
    }

    private func invalid(_ keyword: String) -> PictureError {
        PictureError(file: file, reason: "its text '\(keyword)' is not of digitgen")
    }
}

/// The reason why a picture cannot be drawn again.
private struct PictureError: ProgramError {
    let file: String
    let reason: String

    var description: String { "'\(file)': \(reason)" }
    var exitStatus: ExitStatus { .badData }
}
