import NeuralNetwork

/// What of a trainer changes from epoch to epoch: enough to go on as if training had never stopped.
extension Trainer {
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

    /// Puts back what `stateNumbers` and `stateArrays` gave, through the given look-ups.
    ///
    /// - Throws: what the look-ups throw for a name that they do not have; the trainer is then in no usable state.
    package func restoreState<Failure: Error>(
        count: (_ name: String) throws(Failure) -> Int,
        random: (_ name: String) throws(Failure) -> RandomSource,
        array: (_ name: String, _ values: Tensor) throws(Failure) -> Void
    ) throws(Failure) {
        epoch = try count("epoch")
        self.random = try random("random")
        generatorOptimizer.stepCount = try count("generator_steps")
        discriminatorOptimizer.stepCount = try count("discriminator_steps")
        average?.updateCount = try count("average_updates")
        if let guide { guide.optimizer.stepCount = try count("guide_steps") }
        for (name, values) in stateArrays { try array(name, values) }
    }
}
