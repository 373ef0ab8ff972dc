import NeuralNetwork

/// The state that changes from epoch to epoch, and its file: enough to resume as if training had never stopped.
extension Trainer {
    /// Writes the state after the last finished epoch, replacing the file at `path`.
    package func save(to path: String, of configuration: RunConfiguration) throws(RunError) {
        let writer = try CheckpointWriter(path: path)
        try writer.add(Checkpoint.runName, bytes: Array(configuration.identity.utf8))
        for (name, value) in stateNumbers { try writer.add(name, integer: value) }
        for (name, values) in stateArrays { try writer.add(name, floats: values) }
        try writer.finish()
    }

    /// Puts a saved state back. The trainer must be of the recipe that wrote it; if this throws it is in no
    /// usable state.
    package func restore(_ checkpoint: Checkpoint, of configuration: RunConfiguration) throws(RunError) {
        let epoch = try checkpoint.epoch(of: configuration)
        for name in ["generator_steps", "discriminator_steps"] {
            let (steps, expected) = (try checkpoint.count(name), epoch * stepsPerEpoch)
            guard steps == expected else {
                throw .checkpointSection(
                    path: checkpoint.path, name: name, found: "\(steps)",
                    expected: "\(expected), that of \(epoch) epochs")
            }
        }
        self.epoch = epoch
        random = try checkpoint.randomSource("random")
        generatorOptimizer.stepCount = try checkpoint.count("generator_steps")
        discriminatorOptimizer.stepCount = try checkpoint.count("discriminator_steps")
        average?.updateCount = try checkpoint.count("average_updates")
        if let guide { guide.optimizer.stepCount = try checkpoint.count("guide_steps") }
        for (name, values) in stateArrays { try checkpoint.copyFloats(name, into: values) }
    }

    /// Every array of the state under a name of its own, sharing the trainer's storage.
    package var stateArrays: [(name: String, values: Tensor)] {
        var arrays: [(String, Tensor)] = []
        let guideParameters = guide?.parameters ?? []
        for parameter in generator.parameters + discriminator.parameters + guideParameters {
            arrays.append((parameter.name, parameter.value))
        }
        for statistic in generator.statistics + discriminator.statistics {
            arrays.append((statistic.name, statistic.value))
        }
        let guideSlots = guide?.optimizer.slots ?? []
        for slot in generatorOptimizer.slots + discriminatorOptimizer.slots + guideSlots {
            arrays.append((slot.parameter.name + ".first_moment", slot.firstMoment))
            arrays.append((slot.parameter.name + ".second_moment", slot.secondMoment))
        }
        if let average {
            for (parameter, values) in zip(generator.parameters, average.averages) {
                arrays.append((parameter.name + ".average", values))
            }
        }
        return arrays
    }

    /// The scalars of the state.
    package var stateNumbers: [(name: String, value: UInt64)] {
        [
            ("epoch", UInt64(epoch)),
            ("random.0", random.state.0), ("random.1", random.state.1),
            ("random.2", random.state.2), ("random.3", random.state.3),
            ("generator_steps", UInt64(generatorOptimizer.stepCount)),
            ("discriminator_steps", UInt64(discriminatorOptimizer.stepCount)),
            ("average_updates", UInt64(average?.updateCount ?? 0)),
        ] + (guide.map { [("guide_steps", UInt64($0.optimizer.stepCount))] } ?? [])
    }
}

extension Checkpoint {
    /// The section that identifies the run of the checkpoint.
    static let runName = "run"

    /// The epochs that the checkpoint has behind it, if it is one of a run like `configuration`.
    ///
    /// - Throws: `RunError.checkpointSection` for a checkpoint of another run, or of more epochs than this one has.
    func epoch(of configuration: RunConfiguration) throws(RunError) -> Int {
        // Runs of before there was any have no such section.
        if names.contains(Checkpoint.runName) {
            let identity = String(decoding: try bytes(Checkpoint.runName), as: UTF8.self)
            guard identity == configuration.identity else {
                throw .checkpointSection(
                    path: path, name: Checkpoint.runName, found: "“\(identity)”",
                    expected: "“\(configuration.identity)”, as in \(RunDirectory.configurationName)")
            }
        }
        let epoch = try count("epoch")
        guard epoch <= configuration.epochs else {
            throw .checkpointSection(
                path: path, name: "epoch", found: "\(epoch)",
                expected: "at most \(configuration.epochs), as \(RunDirectory.configurationName) says")
        }
        return epoch
    }
}
