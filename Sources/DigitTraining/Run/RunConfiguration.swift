import StrictJSON
import WeightBundle

/// What a run was asked for: `config.json`.
package struct RunConfiguration: Sendable, Equatable {
    package var model: ModelName
    package var epochs: Int
    package var batchSize: Int
    /// The constant or highest learning rate.
    package var learningRate: Float
    package var seed: UInt64
    package var guidance: Guidance
    /// SHA-256 of the training data, see `DataSet.digest`.
    package var dataSetSHA256: String
    /// The whole recipe in words: see `Recipe.summary`.
    package var recipe: String

    /// What the user may set for a run; nil for the recipe's own value.
    package struct Settings: Sendable, Equatable {
        package var epochs: Int?
        package var batchSize: Int?
        package var learningRate: Float?
        package var seed: UInt64?
        package var guidance: Guidance?

        package init(
            epochs: Int? = nil, batchSize: Int? = nil, learningRate: Float? = nil, seed: UInt64? = nil,
            guidance: Guidance? = nil
        ) {
            self.epochs = epochs
            self.batchSize = batchSize
            self.learningRate = learningRate
            self.seed = seed
            self.guidance = guidance
        }
    }

    /// A new run's.
    package init(model: ModelName, settings: Settings, dataSetSHA256: String) {
        let recipe = Recipe.standard(model).adjusted(settings)
        self.model = model
        epochs = recipe.epochs
        batchSize = recipe.batchSize
        learningRate = recipe.schedule.peak
        seed = recipe.seed
        guidance = recipe.guidance
        self.dataSetSHA256 = dataSetSHA256
        self.recipe = recipe.summary
    }

    /// What a bundle says of its making when the run had that many epochs behind it.
    func recipe(after epoch: Int) -> String {
        recipe + (epoch < epochs ? ", stopped after epoch \(epoch)" : "")
    }

    /// The recipe, made again from the settings.
    ///
    /// - Throws: `RunError.differentSetting` if this program's recipe for the model is another one by now.
    package func makeRecipe() throws(RunError) -> Recipe {
        let made = Recipe.standard(model).adjusted(
            Settings(
                epochs: epochs, batchSize: batchSize, learningRate: learningRate, seed: seed,
                guidance: guidance))
        guard made.summary == recipe else {
            throw .differentSetting(name: "this program's recipe", found: made.summary, expected: recipe)
        }
        return made
    }

    /// The configuration with which a run of this one may be continued: `settings` must agree with it, except
    /// that there may be more epochs.
    ///
    /// - Throws: `RunError.differentSetting`.
    package func resumed(
        model: ModelName, settings: Settings, dataSetSHA256: String
    ) throws(RunError) -> RunConfiguration {
        func check(_ name: String, _ found: (some Equatable)?, _ expected: some Equatable) throws(RunError) {
            let (found, expected) = (found.map { "\($0)" } ?? "\(expected)", "\(expected)")
            if found != expected { throw .differentSetting(name: name, found: found, expected: expected) }
        }
        try check("the model", model.rawValue, self.model.rawValue)
        try check("the batch size", settings.batchSize, batchSize)
        try check("the learning rate", settings.learningRate, learningRate)
        try check("the seed", settings.seed, seed)
        try check("the guidance", settings.guidance?.rawValue, guidance.rawValue)
        try check("the data's SHA-256", dataSetSHA256, self.dataSetSHA256)
        // The recipe of before must be this program's before its number of epochs changes.
        var recipe = try makeRecipe()
        recipe.epochs = settings.epochs ?? epochs
        var result = self
        result.epochs = recipe.epochs
        result.recipe = recipe.summary
        return result
    }
}

// MARK: JSON

extension RunConfiguration {
    /// One line without its newline.
    package var json: String {
        var writer = JSONWriter()
        writer.value(
            .object([
                "model": .string(model.rawValue), "epochs": .integer(epochs),
                "batch_size": .integer(batchSize), "learning_rate": .double(Double("\(learningRate)") ?? 0),
                "seed": .integer(seed), "guidance": .string(guidance.rawValue),
                "dataset_sha256": .string(dataSetSHA256), "recipe": .string(recipe),
            ]))
        return writer.text
    }

    /// Reads a run's `config.json`.
    ///
    /// - Throws: `RunError.unreadable`, `RunError.malformedConfiguration`.
    package static func read(_ path: String) throws(RunError) -> RunConfiguration {
        let bytes: [UInt8]
        do { bytes = try FileBytes.read(path) } catch { throw .unreadable(error) }
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw .malformedConfiguration(path: path, reason: error.description)
        }
        guard let object = value.object else {
            throw .malformedConfiguration(path: path, reason: "\(value.kind) where an object is expected")
        }
        return try RunConfiguration(object, path: path)
    }

    private init(_ object: JSONObject, path: String) throws(RunError) {
        func wrong(_ key: String, _ expected: String) -> RunError {
            .malformedConfiguration(path: path, reason: "\"\(key)\" must be \(expected)")
        }
        func text(_ key: String) throws(RunError) -> String {
            guard let text = object[key]?.string else { throw wrong(key, "a string") }
            return text
        }
        func count(_ key: String) throws(RunError) -> Int {
            guard let number: Int = try? object[key]?.number?.integer(), (1...1_000_000).contains(number)
            else { throw wrong(key, "a whole number from 1 to 1000000") }
            return number
        }
        guard let model = ModelName(rawValue: try text("model")) else {
            throw wrong("model", "one of " + ModelName.allCases.map(\.rawValue).joined(separator: ", "))
        }
        guard let rate = try? object["learning_rate"]?.number?.double(), rate > 0, rate <= 1 else {
            throw wrong("learning_rate", "a number above 0 and up to 1")
        }
        guard let seed: UInt64 = try? object["seed"]?.number?.integer() else {
            throw wrong("seed", "a whole number from 0 to \(UInt64.max)")
        }
        // Runs of before there was any have no such key.
        let guidance = object["guidance"] == nil ? Guidance.none : Guidance(rawValue: try text("guidance"))
        guard let guidance, guidance.suits(model) else {
            throw wrong("guidance", "one of " + Guidance.names(for: model))
        }
        self.model = model
        epochs = try count("epochs")
        batchSize = try count("batch_size")
        learningRate = Float(rate)
        self.seed = seed
        self.guidance = guidance
        dataSetSHA256 = try text("dataset_sha256")
        recipe = try text("recipe")
    }
}
