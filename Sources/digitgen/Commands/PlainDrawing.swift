import CommandLineSupport

/// Reads the command lines that most drawings are, without the argument parser: that takes longer to find out what
/// options there are than the generator takes to draw.
///
/// Only what can have but one meaning is read here: each option at most once, each value right. Everything else, and
/// with it everything that is wrong, is left to the parser.
enum PlainDrawing {
    /// What `arguments` mean; nil to ask the parser.
    static func reading(_ arguments: [String]) -> Drawing? {
        var drawing = Drawing()
        var explicit: OutputFormat?
        var seen: [String] = []
        var rest = arguments[...]
        while let word = rest.popFirst() {
            let option = word == "--output" ? "-o" : word.hasPrefix("-") ? word : ""
            // Two that say which model are the parser's, too.
            let name = option == "--weights" ? "--model" : option
            guard !seen.contains(name) else { return nil }
            seen.append(name)
            guard option != "" else {
                guard let digits = DigitsArgument(word) else { return nil }
                drawing.digits = digits
                continue
            }
            guard let value = rest.popFirst() else { return nil }
            guard option != "--format" else {
                explicit = OutputFormat(rawValue: value)
                guard explicit != nil else { return nil }
                continue
            }
            guard take(value, of: option, into: &drawing) else { return nil }
        }
        guard let format = try? FileFormat(explicit: explicit, path: drawing.output.path),
            (try? GenerateCommand.requireCount(drawing.count, in: format.name)) != nil
        else { return nil }
        drawing.output.format = format
        return drawing
    }

    private static func take(_ value: String, of option: String, into drawing: inout Drawing) -> Bool {
        switch option {
        case "--count":
            guard let count = try? Numbers.within(GenerateCommand.counts)(value) else { return false }
            drawing.count = count
        case "--seed":
            guard let seed = try? Numbers.within(0...UInt64.max)(value) else { return false }
            drawing.seed = seed
        case "-o" where isPlain(value): drawing.output.path = value
        case "--model" where isPlain(value): drawing.model = .shipped(value)
        case "--weights" where isPlain(value): drawing.model = .weights(value)
        default:
            return false
        }
        return true
    }

    /// Nothing that could be an option, or that the parser has words for.
    private static func isPlain(_ value: String) -> Bool { !value.isEmpty && !value.hasPrefix("-") }
}
