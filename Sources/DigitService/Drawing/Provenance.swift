import DigitGen
import DigitImaging

/// Where images come from: all that is needed to make them again.
package struct Provenance: Equatable, Sendable {
    /// The program's name and version.
    package let software: String
    package let model: String
    /// SHA-256 of the model's bundle, in 64 hexadecimal digits.
    package let bundleSHA256: String
    package let seed: UInt64
    /// What was asked for; nil when the model drew what it liked.
    package let digits: String?
    package let count: Int
    /// The hand, in words; nil where each image has its own.
    package let handwriting: String?

    /// `choice` is what a morph needs besides `digits`.
    package init(
        generator: DigitGenerator, seed: UInt64, digits: String?, count: Int,
        handwriting: Handwriting = .eachItsOwn, choice: DigitSource.Choice = .any
    ) {
        self.software = "digitgen \(ProgramVersion.text)"
        self.model = generator.name
        self.bundleSHA256 = generator.sha256
        self.seed = seed
        self.digits = digits
        self.count = count
        var words = [Self.words(handwriting)].compactMap { $0 }
        if case .morph(let first, let last, _) = choice {
            words.append("from digit \(first) to digit \(last)")
        }
        self.handwriting = words.isEmpty ? nil : words.joined(separator: ", ")
    }

    private static func words(_ handwriting: Handwriting) -> String? {
        switch handwriting {
        case .eachItsOwn: nil
        case .style(let number, .none): "style \(number)"
        case .style(let number, let vary): "style \(number) varied by \(vary.value)"
        case .styles(let first, let imagesEach): "styles from \(first), \(imagesEach) images each"
        case .morph(let first, let last, _): "from style \(first) to style \(last)"
        }
    }

    /// The text chunks of a PNG. No time stamps: the same request gives the same file.
    /// Throws `ImagingError.text` when the model's name has characters that a PNG cannot hold.
    package func texts() throws(ImagingError) -> [PNGText] {
        var texts = [
            try PNGText(keyword: "Software", text: software),
            try PNGText(keyword: "Model", text: model),
            try PNGText(keyword: "Bundle SHA-256", text: bundleSHA256),
            try PNGText(keyword: "Seed", text: String(seed)),
        ]
        if let digits { texts.append(try PNGText(keyword: "Digits", text: digits)) }
        texts.append(try PNGText(keyword: "Count", text: String(count)))
        if let handwriting { texts.append(try PNGText(keyword: "Handwriting", text: handwriting)) }
        return texts
    }
}
