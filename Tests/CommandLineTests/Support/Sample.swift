import TestSupport
import Testing

/// A folder with two small bundles, in which tests run the program.
struct Sample {
    let folder = TemporaryFolder()
    /// A conditional bundle.
    let weights: String
    /// An unconditional bundle.
    let unconditionalWeights: String

    init() throws {
        weights = folder.path("sample.safetensors.zst")
        unconditionalWeights = folder.path("free.safetensors.zst")
        folder.write(try SampleBundle.encoded(), to: "sample.safetensors.zst")
        folder.write(try SampleBundle.encoded(isConditional: false), to: "free.safetensors.zst")
    }

    /// Runs the program with the conditional bundle, in the folder.
    func run(
        _ arguments: String..., environment: [String] = [], output: Execution.Output = .file
    ) throws -> Execution.Outcome {
        try Program.run(
            arguments + ["--weights", weights], environment: environment, output: output, folder: folder.path)
    }

    /// The same with the arguments in an array.
    func run(_ arguments: [String]) throws -> Execution.Outcome {
        try Program.run(arguments + ["--weights", weights], folder: folder.path)
    }

    /// Runs a script in the folder. `$W` stands for `options` and the conditional bundle.
    func script(_ script: String, options: String = "--seed 1") throws -> Execution.Outcome {
        try Shell.run("W='\(options) --weights \(weights)'; \(script)", folder: folder.path)
    }

    /// The names of the files that runs have made.
    var madeNames: [String] { folder.names().filter { !$0.hasSuffix(".zst") } }
}

extension Execution.Outcome {
    /// Expects one line on standard error, "digitgen: …" with all of `words` in it, nothing on standard output,
    /// and the status.
    func expectFailure(
        _ status: Int32, of program: String = "digitgen", _ words: String...,
        at location: SourceLocation = #_sourceLocation
    ) {
        #expect(self.status == status, sourceLocation: location)
        #expect(output == [], sourceLocation: location)
        #expect(
            errors.hasPrefix("\(program): ") && errors.split(separator: "\n").count == 1, "\(errors)",
            sourceLocation: location)
        for word in words { #expect(errors.contains(word), "\(errors)", sourceLocation: location) }
    }

    /// Expects success without messages.
    func expectSuccess(at location: SourceLocation = #_sourceLocation) {
        #expect(status == 0, sourceLocation: location)
        #expect(errors == "", sourceLocation: location)
    }
}

extension Trait where Self == ConditionTrait {
    /// For suites that run the program.
    static var needsProgram: Self {
        .enabled(if: Program.path != nil, "digitgen was not built: run swift build first")
    }
}
