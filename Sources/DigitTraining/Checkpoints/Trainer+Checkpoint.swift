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
