import ArgumentParser

/// Which generator draws.
struct ModelOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A model of this program; 'digitgen models' lists them.", valueName: "name"))
    var model: String?

    @Option(help: ArgumentHelp("A model's file (NAME.safetensors.zst) instead.", valueName: "file"))
    var weights: String?

    func validate() throws {
        guard model == nil || weights == nil else {
            throw ValidationError("--model and --weights exclude each other: name one of them")
        }
    }
}
