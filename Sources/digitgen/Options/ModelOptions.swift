import ArgumentParser
import CommandLineSupport
import DigitGen

/// The model that draws.
struct ModelOptions: ParsableArguments {
    @Option(
        name: .customLong("model"),
        help: ArgumentHelp("Model to draw with; 'digitgen models' lists them.", valueName: "name"),
        completion: .list(DigitGenerator.shippedModels))
    var name: String?

    @Option(help: ArgumentHelp("Read the model from a file (NAME.safetensors.zst).", valueName: "file"))
    var weights: String?

    func validate() throws {
        guard name == nil || weights == nil else {
            throw ValidationError("--model and --weights are mutually exclusive")
        }
        guard weights != "" else { throw ValidationError("--weights needs the name of a file") }
    }

    var model: DrawRequest.Model {
        if let weights { return .file(weights) }
        return name.map(DrawRequest.Model.named) ?? .default
    }

    func generator() throws(DigitGeneratorError) -> DigitGenerator { try DigitGenerator(model) }

    /// The options as command-line words.
    var words: [String] {
        switch model {
        case .default: []
        case .named(let name): ["--model", name]
        case .file(let path): path.hasPrefix("-") ? ["--weights=\(path)"] : ["--weights", path]
        }
    }
}

/// The random seed.
struct SeedOption: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Random seed: the same seed gives the same bytes on every machine. (default: a new one)",
            valueName: "number"),
        transform: Numbers.within(0...UInt64.max))
    var seed: UInt64?
}
