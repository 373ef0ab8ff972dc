import ArgumentParser
import DigitGen

/// Which generator draws.
struct ModelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("A model of this program; 'digitgen models' lists them.", valueName: "name"),
        completion: .list(DigitGenerator.shippedModels))
    var model: String?

    @Option(help: ArgumentHelp("A model's file (NAME.safetensors.zst) instead.", valueName: "file"))
    var weights: String?

    func validate() throws {
        guard model == nil || weights == nil else {
            throw ValidationError("--model and --weights exclude each other: name one of them")
        }
        guard weights != "" else { throw ValidationError("--weights needs the name of a file") }
    }

    var choice: ModelChoice {
        if let weights { return .weights(weights) }
        return model.map(ModelChoice.shipped) ?? .default
    }

    /// Throws what `ModelChoice.generator` throws.
    func generator() throws -> DigitGenerator { try choice.generator() }
}
