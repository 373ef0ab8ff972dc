import DigitModel
import NeuralNetwork
import Platform

/// The generator of a finished run, ready to be quantized.
package struct FinishedGenerator {
    /// Directory of the run.
    package let path: String
    package let generator: FoldedGenerator
    package let configuration: RunConfiguration
    /// Epochs that its checkpoint has behind it.
    package let epoch: Int

    /// Reads the run at `path`, as far as it has come. The run is not locked: a checkpoint is complete at any time.
    ///
    /// - Throws: `RunError` for a directory without a run or without a checkpoint, or with a broken one.
    package static func load(run path: String, parallel: Parallel) throws(RunError) -> FinishedGenerator {
        try load(run: path, parallel: parallel) { $0.statisticsBatches(classes: $1) }
    }

    /// `load` with the latents that batch statistics are measured over.
    static func load(
        run path: String, parallel: Parallel, statisticsBatches: (Recipe, _ classes: [UInt8]) -> [Tensor]
    ) throws(RunError) -> FinishedGenerator {
        let configurationPath = path + "/" + RunDirectory.configurationName
        guard FileBytes.exists(configurationPath) else { throw .noRun(path: path) }
        let configuration = try RunConfiguration.read(configurationPath)
        let checkpointPath = path + "/" + RunDirectory.checkpointName
        guard FileBytes.exists(checkpointPath) else { throw .noCheckpoint(path: path) }
        let checkpoint = try Checkpoint.load(checkpointPath)
        let epoch = try checkpoint.epoch(of: configuration)
        let recipe = try configuration.makeRecipe(path: configurationPath)

        var random = RandomSource(seed: recipe.seed)
        let network = recipe.makeGenerator(random: &random, parallel: parallel)
        for parameter in network.parameters {
            let name = recipe.averageDecay == nil ? parameter.name : parameter.name + ".average"
            try checkpoint.copyFloats(
                name,
                into: UnsafeMutableBufferPointer(start: parameter.value.pointer, count: parameter.value.count)
            )
        }
        network.measureStatistics(over: statisticsBatches(recipe, configuration.classes))
        return FinishedGenerator(
            path: path, generator: network.folded(), configuration: configuration, epoch: epoch)
    }
}
