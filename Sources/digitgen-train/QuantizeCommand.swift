import NeuralNetwork
import ArgumentParser
import CommandLineSupport
import DigitGen
import DigitImaging
import DigitTraining

/// `quantize`: from a training run to the bundle that digitgen loads.
struct QuantizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quantize",
        abstract: "Turn a training run into an int8 weight bundle.",
        discussion: """
            Takes the generator of RUN's checkpoint, average weights where the recipe has them, folds batch \
            normalization, calibrates on 1,500 latents, and writes a bundle for digitgen. The \
            mean difference to the float generator's pixels is printed and recorded in the bundle. The same run \
            gives the same bundle.
            """)

    @Argument(
        help: ArgumentHelp("Directory that fit wrote.", valueName: "run"), transform: PathNames.folder)
    var runPath: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The bundle, as in weights/cgan.safetensors.zst.", valueName: "file"),
        transform: PathNames.file)
    var output: String

    func run() throws {
        let parallel = try Parallel(checkingMemoryFor: nil)
        let finished = try FinishedGenerator.load(run: runPath, parallel: parallel)
        // What cannot be written is told before the work.
        try NamedOutput.probe(output)
        let quantized = try QuantizedGenerator(
            finished.generator, classes: finished.configuration.classes, parallel: parallel)
        let bytes = try finished.bundle(quantized, programVersion: ProgramVersion.text).encoded()
        try letFinish(writing: output) { try NamedOutput.write(bytes, to: output) }
        try report(
            "\(output): \(finished.configuration.model.rawValue), epoch \(finished.epoch), \(bytes.count) bytes, "
                + "pixels differ by \(fixed(quantized.pixelDifference, digits: 3)) of 255 on average",
            of: output)
    }
}
