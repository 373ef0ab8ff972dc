import ArgumentParser

/// Reads the command lines that most drawings are, without the argument parser: that takes longer to find out what
/// options there are than the generator takes to draw.
///
/// Only what can have but one meaning is read here: each option at most once, each value right. Everything else, and
/// with it everything that is wrong, is left to the parser.
enum PlainDrawing {
    /// The command that `arguments` mean; nil to ask the parser.
    static func command(_ arguments: [String]) -> GenerateCommand? {
        var command = defaults
        var rest = arguments[...]
        var seen: Set<String> = []
        while let word = rest.popFirst() {
            let name = word == "--output" ? "-o" : word.hasPrefix("-") ? word : ""
            guard seen.insert(name).inserted else { return nil }
            guard name != "" else {
                guard let digits = DigitsArgument(word) else { return nil }
                command.digits = digits
                continue
            }
            guard let value = rest.popFirst(), take(value, of: name, into: &command) else { return nil }
        }
        // The parser's own rule, and words for it.
        return command.modelOptions.model == nil || command.modelOptions.weights == nil ? command : nil
    }

    private static func take(_ value: String, of name: String, into command: inout GenerateCommand) -> Bool {
        switch name {
        case "--count":
            guard let count = try? Numbers.within(GenerateCommand.counts)(value) else { return false }
            command.count = count
        case "--seed":
            guard let seed = try? Numbers.within(0...UInt64.max)(value) else { return false }
            command.seed.seed = seed
        case "-o" where isPlain(value): command.output.output = value
        case "--model" where isPlain(value): command.modelOptions.model = value
        case "--weights" where isPlain(value): command.modelOptions.weights = value
        case "--format":
            guard let format = OutputFormat(rawValue: value) else { return false }
            command.output.format = format
        default:
            return false
        }
        return true
    }

    /// Nothing that could be an option, or that the parser has words for.
    private static func isPlain(_ value: String) -> Bool { !value.isEmpty && !value.hasPrefix("-") }

    /// The command without arguments, as the parser leaves it.
    private static var defaults: GenerateCommand {
        var command = GenerateCommand()
        command.digits = nil
        command.count = nil
        var seed = SeedOption()
        seed.seed = nil
        command.seed = seed
        var handwriting = HandwritingOptions()
        handwriting.style = nil
        handwriting.vary = nil
        handwriting.morph = nil
        handwriting.sheet = false
        command.handwriting = handwriting
        var model = ModelOptions()
        model.model = nil
        model.weights = nil
        command.modelOptions = model
        var output = OutputOptions()
        output.output = nil
        output.format = .png
        output.columns = nil
        output.scale = nil
        output.filter = nil
        output.padding = nil
        output.invert = false
        output.background = nil
        output.preview = nil
        command.output = output
        return command
    }
}
