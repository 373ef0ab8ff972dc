import DigitImaging
import DigitTraining

/// A piece of HTML; interpolated text is escaped.
struct HTML: ExpressibleByStringInterpolation, Equatable {
    let source: String

    /// Literals are markup.
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

/// The report's style sheet: light and dark, wide and narrow, screen and paper.
enum ReportStyle {
    static let css: HTML = """
        :root { color-scheme: light dark; --page: #fcfcfb; --ink: #1f2328; --soft: #5b636d; --rule: #d9dde1;
          --one: #0b63c5; --two: #b3490b; --bar: #6d8fb3; --mark: #e6f0fb; --lost: #c0392b; }
        @media (prefers-color-scheme: dark) { :root { --page: #16181b; --ink: #e6e8ea; --soft: #a0a8b1;
          --rule: #34393f; --one: #6cb2ff; --two: #ff9d57; --bar: #5c7fa6; --mark: #1d3148; --lost: #ff7566; } }
        * { box-sizing: border-box }
        body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 62rem; background: var(--page); color: var(--ink);
          font: 16px/1.55 system-ui, sans-serif; overflow-wrap: break-word }
        h1 { font-size: 1.9rem; line-height: 1.2; margin: 1rem 0 .5rem } h2 { font-size: 1.3rem; margin: 2.5rem 0 .5rem }
        h3 { font-size: 1rem; margin: 1.2rem 0 .3rem } p { max-width: 46rem } figure { margin: .5rem 0 }
        figcaption, .note { color: var(--soft); font-size: .88rem }
        img { max-width: 100%; height: auto; image-rendering: pixelated; border-radius: 3px; display: block }
        svg { width: 100%; max-width: 32rem; height: auto; display: block } svg text { font: 12px system-ui, sans-serif; fill: var(--soft) }
        .grid { stroke: var(--rule); stroke-width: 1 } .line { fill: none; stroke-width: 2; stroke-linejoin: round }
        .line.series-1 { stroke: var(--one) } .line.series-2 { stroke: var(--two); stroke-dasharray: 6 3 }
        svg .name { font-weight: 600 } svg .name.series-1 { fill: var(--one) } svg .name.series-2 { fill: var(--two) }
        .bar { fill: var(--bar) } .lost { fill: var(--lost) } .even { stroke: var(--ink); stroke-dasharray: 2 3 }
        .least { stroke: var(--lost); stroke-dasharray: 5 3 }
        .wide { overflow-x: auto } table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums }
        th, td { padding: .35rem .6rem; text-align: right; border-bottom: 1px solid var(--rule); vertical-align: top; white-space: nowrap }
        th:first-child, td:first-child { text-align: left; white-space: normal } th { white-space: normal }
        td.words, th.words { text-align: left; min-width: 12rem; white-space: normal }
        tr.above td { border-bottom: 0; padding-bottom: 0 } td.below { color: var(--soft); max-width: 46rem }
        td.best { background: var(--mark); font-weight: 600 } .real, tr.real td { color: var(--soft) }
        .pair { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)) }
        li { margin: .3rem 0; max-width: 46rem } .warning { color: var(--lost); font-weight: 600 }
        @media (max-width: 40rem) { table { font-size: .75rem } th, td { padding: .3rem .2rem } }
        @media print { body { font-size: 11px; max-width: none; padding: 0 } h2 { break-after: avoid }
          figure, table, .pair > * { break-inside: avoid } :root { --page: #fff; --ink: #000 } }
        """
}
