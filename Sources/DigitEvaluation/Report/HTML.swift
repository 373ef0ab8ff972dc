import DigitTraining
import DigitImaging

/// A piece of HTML, in which text is always escaped.
struct HTML: ExpressibleByStringInterpolation, Equatable {
    let source: String

    /// What is written in the program is markup.
    init(stringLiteral source: String) { self.source = source }

    init(source: String) { self.source = source }

    init(stringInterpolation: Interpolation) { source = stringInterpolation.source }

    /// Puts pieces one after the other.
    init(_ pieces: [HTML], separator: String = "\n") {
        source = pieces.map(\.source).joined(separator: separator)
    }

    /// Markup is taken as it is, text is escaped.
    struct Interpolation: StringInterpolationProtocol {
        var source = ""

        init(literalCapacity: Int, interpolationCount: Int) { source.reserveCapacity(literalCapacity * 2) }

        mutating func appendLiteral(_ literal: String) { source += literal }
        mutating func appendInterpolation(_ piece: HTML) { source += piece.source }
        mutating func appendInterpolation(_ text: String) { source += HTML.escaped(text) }
        mutating func appendInterpolation(_ number: Int) { source += String(number) }
        /// A length or coordinate, to tenths.
        mutating func appendInterpolation(_ number: Double) { source += fixed(number, digits: 1) }
    }

    /// The text with `&`, `<`, `>` and `"` as entities.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
        return result
    }

    /// An `img` that carries its own PNG.
    static func image(png: [UInt8], width: Int, height: Int, text: String) -> HTML {
        var data = Array("data:image/png;base64,".utf8)
        Base64.append(png[...], to: &data)
        return """
            <img src="\(String(decoding: data, as: UTF8.self))" width="\(width)" height="\(height)" alt="\(text)">
            """
    }
}
