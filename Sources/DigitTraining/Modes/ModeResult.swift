import DigitImaging
import StrictJSON

/// How many modes a method's generator reaches: a line of the table, and a file.
package struct ModeResult: Sendable, Equatable {
    /// What a result is of: results of other settings are not to be compared with it.
    package struct Settings: Sendable, Equatable {
        package var method: ModeMethod
        package var seed: UInt64
        /// SHA-256 of the digits, see `DataSet.digest`.
        package var dataSetSHA256: String
        /// The whole recipe in words: see `Recipe.summary`.
        package var recipe: String

        package init(method: ModeMethod, epochs: Int, seed: UInt64, dataSetSHA256: String) {
            self.method = method
            self.seed = seed
            self.dataSetSHA256 = dataSetSHA256
            recipe = method.recipe(epochs: epochs, seed: seed).summary
        }
    }

    package var settings: Settings
    /// Images that the method learnt from, each as often as it was shown.
    package var images: Int
    /// Seconds that processors worked on the training, whatever else they did meanwhile.
    package var processorSeconds: Double
    package var modes: Int
    /// KL to the uniform distribution, see `ModeCoverage.divergence`.
    package var divergence: Double

    package init(
        settings: Settings, images: Int, processorSeconds: Double, coverage: ModeCoverage
    ) {
        self.settings = settings
        self.images = images
        self.processorSeconds = processorSeconds
        modes = coverage.reached
        divergence = coverage.divergence
    }
}

extension ModeResult {
    /// The result, if it is of these settings.
    ///
    /// - Throws: `RunError.differentSetting`.
    package func required(_ other: Settings) throws(RunError) -> ModeResult {
        func check(_ name: String, _ expected: String, _ found: String) throws(RunError) {
            if found != expected { throw .differentSetting(name: name, found: found, expected: expected) }
        }
        try check("the method", settings.method.rawValue, other.method.rawValue)
        try check("the seed", "\(settings.seed)", "\(other.seed)")
        try check("the data's SHA-256", settings.dataSetSHA256, other.dataSetSHA256)
        try check("the recipe", settings.recipe, other.recipe)
        return self
    }
}

// MARK: JSON

extension ModeResult {
    /// Where a method's result stands in a folder of them.
    package static func path(of method: ModeMethod, in folder: String) -> String {
        "\(folder)/\(method.rawValue).json"
    }

    package var json: JSONValue {
        .object([
            "method": .string(settings.method.rawValue), "images": .integer(images),
            "processor_seconds": .double(processorSeconds), "modes": .integer(modes),
            "kl": .double(divergence), "seed": .integer(settings.seed),
            "dataset_sha256": .string(settings.dataSetSHA256), "recipe": .string(settings.recipe),
        ])
    }

    /// Writes the result as one line of JSON; the file at `path` is replaced.
    package func write(_ path: String) throws(RunError) {
        var writer = JSONWriter()
        writer.value(json)
        do { try AtomicFile.write(Array((writer.text + "\n").utf8), to: path) } catch { throw .output(error) }
    }

    /// Reads what `write` wrote.
    ///
    /// - Throws: `RunError.unreadable`, `.malformedConfiguration`.
    package static func read(_ path: String) throws(RunError) -> ModeResult {
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
        return try ModeResult(object, path: path)
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
            guard let number: Int = try? object[key]?.number?.integer(), number >= 0 else {
                throw wrong(key, "a whole number from 0")
            }
            return number
        }
        func measure(_ key: String) throws(RunError) -> Double {
            guard let number = try? object[key]?.number?.double(), number >= 0 else {
                throw wrong(key, "a number from 0")
            }
            return number
        }
        guard let method = ModeMethod(rawValue: try text("method")) else {
            throw wrong("method", "one of " + ModeMethod.allCases.map(\.rawValue).joined(separator: ", "))
        }
        guard let seed: UInt64 = try? object["seed"]?.number?.integer() else {
            throw wrong("seed", "a whole number from 0 to \(UInt64.max)")
        }
        settings = Settings(method: method, epochs: 1, seed: seed, dataSetSHA256: try text("dataset_sha256"))
        settings.recipe = try text("recipe")
        images = try count("images")
        processorSeconds = try measure("processor_seconds")
        modes = try count("modes")
        divergence = try measure("kl")
    }
}
