import DigitFields
import DigitGen
import DigitImaging

/// The origin of images: all that is needed to draw them again.
package struct Provenance: Equatable, Sendable {
    /// The program's name and version.
    package let software = "digitgen \(ProgramVersion.text)"
    package let model: String
    /// SHA-256 of the model's bundle, in 64 hexadecimal digits.
    package let bundleSHA256: String
    package let seed: UInt64
    /// The digits that were asked for; nil where none were.
    package let digits: String?
    package let count: Int
    /// The number of the first image.
    package let first: Int
    /// The hand, in words; nil where each image has its own.
    package let handwriting: String?
    /// The finish, in words; nil for that of MNIST.
    package let finish: String?

    /// - Parameter image: the number of the only image; nil for all of the sequence's request.
    package init(_ sequence: ImageSequence, image: Int? = nil) {
        let request = sequence.request
        model = sequence.generator.name
        bundleSHA256 = sequence.generator.sha256
        seed = sequence.seed
        digits =
            switch request.content {
            case .number(let digits), .inTurn(let digits): digits.description
            case .morph, .any: nil
            }
        count = image == nil ? request.count : 1
        first = image ?? request.first
        finish =
            switch request.finish {
            case .mnist: nil
            case .ink(let size): "ink, \(size) pixels"
            }
        var words = [HandChoice(request).summary(hand: Self.words(request.handwriting))].compactMap(\.self)
        if case .morph(let first, let last) = request.content {
            words.append("from digit \(first) to digit \(last)")
        }
        handwriting = words.isEmpty ? nil : words.joined(separator: ", ")
    }

    private static func words(_ handwriting: Handwriting) -> String? {
        switch handwriting {
        case .perImage: nil
        case .style(let number): "style \(number)"
        case .styles(let first, let imagesEach): "styles from \(first), \(imagesEach) images each"
        case .morph(let first, let last): "from style \(first) to style \(last)"
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
        if let finish { texts.append(try PNGText(keyword: "Finish", text: finish)) }
        if first > 0 { texts.append(try PNGText(keyword: "First image", text: String(first))) }
        return texts
    }
}
