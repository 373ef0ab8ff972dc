import DigitTraining
import NeuralNetwork
import Platform
import StrictJSON

/// The modes that a method's generator reaches: a row of the table, and a file.
package struct ModeResult: Sendable, Equatable {
    /// The settings of a result; only results of equal settings are comparable.
    package struct Settings: Sendable, Equatable {
        package var set: ModeSet
        package var method: ModeMethod
        /// Of data, weights and latents.
        package var seed: UInt64
        /// SHA-256 of the digits, see `DataSet.digest`; empty for sets without.
        package var dataSetSHA256: String
        /// The whole recipe in words: see `Recipe.summary`.
        package var recipe: String

        package init(
            set: ModeSet, method: ModeMethod, epochs: Int, seed: UInt64, precision: Precision = .float32,
            dataSetSHA256: String
        ) {
            self.set = set
            self.method = method
            self.seed = seed
            self.dataSetSHA256 = dataSetSHA256
            recipe = method.recipe(on: set, epochs: epochs, seed: seed, precision: precision).summary
        }
    }

    /// What was trained, and on what.
    package var settings: Settings
    /// The number of samples that G and D learnt from, counting repetitions; those that a guide's autoencoder learns
    /// from before are not in it.
    package var images: Int
    /// The processor time of the training in seconds.
    package var processorSeconds: Double
    /// Of what the generator drew afterwards.
    package var coverage: ModeCoverage

    package init(
        settings: Settings, images: Int, processorSeconds: Double, coverage: ModeCoverage
    ) {
        self.settings = settings
        self.images = images
        self.processorSeconds = processorSeconds
        self.coverage = coverage
    }
}

extension ModeResult {
    /// The result, if it is of these settings.
    ///
    /// - Parameter path: of its file, for the error.
    /// - Throws: `RunError.otherResult`.
    package func required(_ other: Settings, path: String) throws(RunError) -> ModeResult {
        func check(_ name: String, _ found: String, _ expected: String) throws(RunError) {
            guard found == expected else {
                throw .otherResult(path: path, name: name, found: found, expected: expected)
            }
        }
        try check("the set", settings.set.rawValue, other.set.rawValue)
        try check("the method", settings.method.rawValue, other.method.rawValue)
        try check("the seed", "\(settings.seed)", "\(other.seed)")
        try check("the data's SHA-256", settings.dataSetSHA256, other.dataSetSHA256)
        try check("the recipe", settings.recipe, other.recipe)
        return self
    }
}

// MARK: JSON

extension ModeResult {
    /// The path of a result in a folder of results, or with another extension of what belongs to it.
    package static func path(
        of method: ModeMethod, on set: ModeSet, seed: UInt64, in folder: String, extension: String = "json"
    ) -> String {
        "\(folder)/\(name(of: method, on: set, seed: seed)).\(`extension`)"
    }

    private static func name(of method: ModeMethod, on set: ModeSet, seed: UInt64) -> String {
        "\(set.rawValue)-\(method.rawValue)-\(seed)"
    }

    /// The name of the result's file, without its extension.
    var name: String { Self.name(of: settings.method, on: settings.set, seed: settings.seed) }

    /// The result as its file has it.
    package var json: JSONValue {
        var object: JSONObject = [
            "set": .string(settings.set.rawValue), "method": .string(settings.method.rawValue),
            "images": .integer(images), "processor_seconds": .double(processorSeconds),
        ]
        for figure in coverage.json.members { object[figure.key] = figure.value }
        object["seed"] = .integer(settings.seed)
        object["dataset_sha256"] = .string(settings.dataSetSHA256)
        object["recipe"] = .string(settings.recipe)
        return .object(object)
    }

    /// Writes the result as one line of JSON; the file at `path` is replaced.
    package func write(_ path: String) throws(RunError) {
        var writer = JSONWriter()
        writer.value(json)
        do { try AtomicFile.write(Array((writer.text + "\n").utf8), to: path) } catch { throw .output(error) }
    }

    /// The most bytes that a file may have.
    private static let sizeLimit = 1 << 16

    /// Reads what `write` wrote.
    ///
    /// - Throws: `RunError.unreadable`, `.malformedConfiguration`.
    package static func read(_ path: String) throws(RunError) -> ModeResult {
        try ModeResult(RunFields(path, limit: sizeLimit))
    }

    private init(_ fields: RunFields) throws(RunError) {
        func measure(_ key: String, most: Double = .infinity) throws(RunError) -> Double {
            guard let number = fields.number(key), number >= 0, number <= most else {
                throw fields.wrong(key, most.isFinite ? "a number from 0 to \(most)" : "a number from 0")
            }
            return number
        }
        func named<Name: RawRepresentable & CaseIterable>(_ key: String) throws(RunError) -> Name
        where Name.RawValue == String {
            guard let name = Name(rawValue: try fields.text(key)) else {
                throw fields.wrong(key, "one of " + Name.allCases.map(\.rawValue).joined(separator: ", "))
            }
            return name
        }
        let set: ModeSet = try named("set")
        settings = Settings(
            set: set, method: try named("method"), epochs: 1, seed: try fields.seed("seed"),
            dataSetSHA256: try fields.text("dataset_sha256"))
        settings.recipe = try fields.text("recipe")
        images = try fields.count("images", in: 0...Int.max)
        processorSeconds = try measure("processor_seconds")
        coverage = ModeCoverage(
            reached: try fields.count("modes", in: 0...set.modeCount), divergence: try measure("kl"),
            reverseDivergence: try fields.optionalNumber("reverse_kl"),
            goodShare: try measure("good_share", most: 1))
    }
}
