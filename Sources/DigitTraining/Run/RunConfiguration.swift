import NeuralNetwork
import Platform
import StrictJSON
import DigitModel

/// The settings of a run: `config.json`.
package struct RunConfiguration: Sendable, Equatable {
    package var model: ModelName
    package var epochs: Int
    /// The number of epochs that the run was started with, by which schedules went at first; nil if it is still
    /// `epochs`.
    package var originalEpochs: Int?
    package var batchSize: Int
    /// The constant or highest learning rate.
    package var learningRate: Float
    package var seed: UInt64
    package var guidance: Guidance
    /// True if the recipe is that of Qin and Shan 2021: see `Recipe.published`.
    package var isPublished: Bool
    /// Of products in training.
    package var precision: Precision
    /// SHA-256 of the training data, see `DataSet.digest`.
    package var dataSetSHA256: String
    /// The digits that the training data have, in rising order.
    package var classes: [UInt8]
    /// The whole recipe in words: see `Recipe.summary`.
    package var recipe: String

    /// The settings that a user may choose; nil for the recipe's own value.
    package struct Settings: Sendable, Equatable {
        package var epochs: Int?
        package var batchSize: Int?
        package var learningRate: Float?
        package var seed: UInt64?
        package var guidance: Guidance?
        package var isPublished: Bool?
        package var precision: Precision?

        package init(
            epochs: Int? = nil, batchSize: Int? = nil, learningRate: Float? = nil, seed: UInt64? = nil,
            guidance: Guidance? = nil, isPublished: Bool? = nil, precision: Precision? = nil
        ) {
            self.epochs = epochs
            self.batchSize = batchSize
            self.learningRate = learningRate
            self.seed = seed
            self.guidance = guidance
            self.isPublished = isPublished
            self.precision = precision
        }
    }

    /// A new run's.
    package init(
        model: ModelName, settings: Settings, dataSetSHA256: String, classes: [UInt8] = Manifest.allClasses
    ) {
        let recipe = Recipe.standard(model, settings)
        self.model = model
        epochs = recipe.epochs
        batchSize = recipe.batchSize
        learningRate = recipe.schedule.peak
        seed = recipe.seed
        guidance = recipe.guidance
        isPublished = settings.isPublished ?? false
        precision = recipe.precision
        self.dataSetSHA256 = dataSetSHA256
        self.classes = classes
        self.recipe = recipe.summary
    }

    /// The settings that stay the same when a run is continued; they identify its checkpoint.
    var identity: String {
        "\(model.rawValue), batches of \(batchSize), learning rate \(learningRate), seed \(seed), "
            + "guidance \(guidance.rawValue), \(isPublished ? "as published, " : "")"
            + "\(precision == .float32 ? "" : "\(precision.rawValue), ")data \(dataSetSHA256)"
    }

    /// The recipe in a bundle made after `epoch` epochs.
    package func recipe(after epoch: Int) -> String {
        recipe + (originalEpochs.map { ", first planned for \($0)" } ?? "")
            + (epoch < epochs ? ", stopped after epoch \(epoch)" : "")
    }

    /// The recipe, made again from the settings.
    ///
    /// - Parameter path: the configuration's file, for the error.
    /// - Throws: `RunError.otherRecipe` if this program's recipe for the model is another one by now.
    package func makeRecipe(path: String = RunDirectory.configurationName) throws(RunError) -> Recipe {
        let made = Recipe.standard(
            model,
            Settings(
                epochs: epochs, batchSize: batchSize, learningRate: learningRate, seed: seed,
                guidance: guidance, isPublished: isPublished, precision: precision))
        guard made.summary == recipe else {
            throw .otherRecipe(path: path, found: recipe, expected: made.summary)
        }
        return made
    }

    /// The configuration with which a run of this one may be continued: `settings` must agree with it, except
    /// that there may be more epochs.
    ///
    /// - Parameter path: of the run's file, for errors that are its own.
    /// - Throws: `RunError.differentSetting`, `.otherRecipe`.
    package func resumed(
        model: ModelName, settings: Settings, dataSetSHA256: String,
        path: String = RunDirectory.configurationName
    ) throws(RunError) -> RunConfiguration {
        func check(_ name: String, _ found: (some Equatable)?, _ expected: some Equatable) throws(RunError) {
            let (found, expected) = (found.map { "\($0)" } ?? "\(expected)", "\(expected)")
            if found != expected { throw .differentSetting(name: name, found: found, expected: expected) }
        }
        try check("the model", model.rawValue, self.model.rawValue)
        try check("the batch size", settings.batchSize, batchSize)
        try check("the learning rate", settings.learningRate, learningRate)
        try check("the seed", settings.seed, seed)
        if let fewer = settings.epochs, fewer < epochs {
            throw .differentSetting(
                name: "the number of epochs", found: "\(fewer)", expected: "\(epochs) (more are possible)")
        }
        try check("the guidance", settings.guidance?.rawValue, guidance.rawValue)
        func origin(_ isPublished: Bool) -> String { isPublished ? "the paper's" : "this program's" }
        try check("the recipe", settings.isPublished.map(origin), origin(isPublished))
        try check("the precision", settings.precision?.rawValue, precision.rawValue)
        try check("the data's SHA-256", dataSetSHA256, self.dataSetSHA256)
        // The recipe of before must be this program's before its number of epochs changes.
        var recipe = try makeRecipe(path: path)
        recipe.epochs = settings.epochs ?? epochs
        var result = self
        if recipe.epochs > epochs { result.originalEpochs = originalEpochs ?? epochs }
        result.epochs = recipe.epochs
        result.recipe = recipe.summary
        return result
    }
}

// MARK: JSON

extension RunConfiguration {
    /// The configuration as one line, without its newline.
    package var json: String {
        var writer = JSONWriter()
        var object: JSONObject = [
            "model": .string(model.rawValue), "epochs": .integer(epochs),
            "batch_size": .integer(batchSize), "learning_rate": .double(Double("\(learningRate)") ?? 0),
            "seed": .integer(seed), "guidance": .string(guidance.rawValue),
            "dataset_sha256": .string(dataSetSHA256), "recipe": .string(recipe),
        ]
        if isPublished { object["published"] = .bool(true) }
        if precision != .float32 { object["precision"] = .string(precision.rawValue) }
        if let originalEpochs { object["original_epochs"] = .integer(originalEpochs) }
        if classes != Manifest.allClasses { object["classes"] = .string(Manifest.text(of: classes)) }
        writer.value(.object(object))
        return writer.text
    }

    /// The most bytes that a file may have.
    private static let sizeLimit = 1 << 20

    /// Reads a run's `config.json`.
    ///
    /// - Throws: `RunError.unreadable`, `RunError.malformedConfiguration`.
    package static func read(_ path: String) throws(RunError) -> RunConfiguration {
        try RunConfiguration(RunFields(path, limit: sizeLimit))
    }

    private init(_ fields: RunFields) throws(RunError) {
        guard let model = ModelName(rawValue: try fields.text("model")) else {
            throw fields.wrong(
                "model", "one of " + ModelName.allCases.map(\.rawValue).joined(separator: ", "))
        }
        guard let rate = fields.number("learning_rate"), rate > 0, rate <= 1 else {
            throw fields.wrong("learning_rate", "a number above 0 and up to 1")
        }
        let seed = try fields.seed("seed")
        // Runs of before there was any have no such key.
        let guidance =
            fields.has("guidance") ? Guidance(rawValue: try fields.text("guidance")) : Guidance.none
        guard let guidance, guidance.suits(model) else {
            throw fields.wrong("guidance", "one of " + Guidance.names(for: model))
        }
        isPublished = try fields.flag("published")
        guard !isPublished || model.isPublished else {
            throw fields.wrong("published", "false for \(model.rawValue), which is not in the paper")
        }
        let precision = fields.has("precision") ? Precision(rawValue: try fields.text("precision")) : .float32
        guard let precision else {
            throw fields.wrong(
                "precision", "one of " + Precision.allCases.map(\.rawValue).joined(separator: ", "))
        }
        guard guidance.suits(precision) else {
            throw fields.wrong("precision", "\(Precision.float32.rawValue) with \(guidance.rawValue)")
        }
        self.precision = precision
        self.model = model
        epochs = try fields.count("epochs", in: 1...1_000_000)
        originalEpochs =
            try fields.has("original_epochs") ? fields.count("original_epochs", in: 1...epochs) : nil
        batchSize = try fields.count("batch_size", in: 1...1_000_000)
        guard guidance.suits(batchSize: batchSize) else {
            throw fields.wrong("batch_size", "even with \(guidance.rawValue)")
        }
        learningRate = Float(rate)
        self.seed = seed
        self.guidance = guidance
        dataSetSHA256 = try fields.text("dataset_sha256")
        recipe = try fields.text("recipe")
        classes = try Self.classes(fields)
    }

    /// Runs on all digits have no such key.
    private static func classes(_ fields: RunFields) throws(RunError) -> [UInt8] {
        guard fields.has("classes") else { return Manifest.allClasses }
        let digits = try fields.text("classes").utf8.map { $0 &- UInt8(ascii: "0") }
        guard Manifest.isSetOfDigits(digits) else { throw fields.wrong("classes", Manifest.expectedClasses) }
        return digits
    }
}

extension RunConfiguration {
    /// Returns true if a bundle with this manifest was made of the run after `epoch` epochs.
    package func made(_ manifest: Manifest, after epoch: Int) -> Bool {
        manifest.seed == seed && manifest.dataSetSHA256 == dataSetSHA256
            && manifest.recipe == recipe(after: epoch)
    }
}

/// The fields of a JSON file that belongs to a run, read with errors that name the file and the key.
package struct RunFields {
    let path: String
    private let object: JSONObject

    /// - Parameter limit: bytes that the file has at most.
    /// - Throws: `RunError.unreadable`, or `.malformedConfiguration` if it holds no JSON object.
    package init(_ path: String, limit: Int) throws(RunError) {
        let bytes: [UInt8]
        do { bytes = try FileBytes.readOrdinary(path, limit: limit) } catch { throw .unreadable(error) }
        let value: JSONValue
        do { value = try JSONValue(parsing: bytes) } catch {
            throw .malformedConfiguration(path: path, reason: error.description)
        }
        guard let object = value.object else {
            throw .malformedConfiguration(path: path, reason: "\(value.kind) where an object is expected")
        }
        self.path = path
        self.object = object
    }

    /// An error about a key, which names what it must be.
    package func wrong(_ key: String, _ expected: String) -> RunError {
        .malformedConfiguration(path: path, reason: "\"\(key)\" must be \(expected)")
    }

    /// True if the key is there, whatever its value.
    package func has(_ key: String) -> Bool { object[key] != nil }

    /// The string.
    package func text(_ key: String) throws(RunError) -> String {
        guard let text = object[key]?.string else { throw wrong(key, "a string") }
        return text
    }

    /// The flag; false where there is none.
    package func flag(_ key: String) throws(RunError) -> Bool {
        guard has(key) else { return false }
        guard let flag = object[key]?.bool else { throw wrong(key, "true or false") }
        return flag
    }

    /// The number; nil where there is none.
    package func number(_ key: String) -> Double? { try? object[key]?.number?.double() }

    /// The number; nil where there is none, or null.
    package func optionalNumber(_ key: String) throws(RunError) -> Double? {
        guard let value = object[key], value != .null else { return nil }
        guard let number = number(key) else { throw wrong(key, "a number, or null") }
        return number
    }

    /// The array of exactly `count` numbers.
    package func numbers(_ key: String, count: Int) throws(RunError) -> [Double] {
        let numbers = object[key]?.array?.compactMap { try? $0.number?.double() }
        guard let numbers, numbers.count == count, object[key]?.array?.count == count else {
            throw wrong(key, "an array of \(count) numbers")
        }
        return numbers
    }

    /// The whole number in a range.
    package func count(_ key: String, in range: ClosedRange<Int>) throws(RunError) -> Int {
        guard let number: Int = try? object[key]?.number?.integer(), range.contains(number) else {
            throw wrong(key, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// The whole number of 64 bits.
    package func seed(_ key: String) throws(RunError) -> UInt64 {
        guard let seed: UInt64 = try? object[key]?.number?.integer() else {
            throw wrong(key, "a whole number from 0 to \(UInt64.max)")
        }
        return seed
    }
}
