/// The trainer's state in a file.
extension Trainer {
    /// Writes the state after the last finished epoch, replacing the file at `path`.
    package func save(to path: String, of configuration: RunConfiguration) throws(RunError) {
        let writer = try CheckpointWriter(path: path)
        try writer.add(Checkpoint.runName, bytes: Array(configuration.identity.utf8))
        for (name, value) in stateNumbers { try writer.add(name, integer: value) }
        for (name, values) in stateArrays {
            try writer.add(name, floats: UnsafeBufferPointer(start: values.pointer, count: values.count))
        }
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
        try restoreState(
            count: { name throws(RunError) in try checkpoint.count(name) },
            random: { name throws(RunError) in try checkpoint.randomSource(name) },
            array: { name, values throws(RunError) in
                try checkpoint.copyFloats(
                    name, into: UnsafeMutableBufferPointer(start: values.pointer, count: values.count))
            })
    }
}

extension Checkpoint {
    /// The section that tells of which run the checkpoint is.
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
