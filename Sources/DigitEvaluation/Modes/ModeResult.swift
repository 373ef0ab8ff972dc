import DigitTraining
import Platform
import StrictJSON

/// The modes that a method's generator reaches: a row of the table, and a file.
package struct ModeResult: Sendable, Equatable {
    /// The settings of a result; only results of equal settings are comparable.
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
    /// The number of images that the method learnt from, counting repetitions.
    package var images: Int
    /// The processor time of the training in seconds.
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
    /// - Parameter path: of its file, for the error.
    /// - Throws: `RunError.otherResult`.
    package func required(_ other: Settings, path: String) throws(RunError) -> ModeResult {
        func check(_ name: String, _ found: String, _ expected: String) throws(RunError) {
            guard found == expected else {
                throw .otherResult(path: path, name: name, found: found, expected: expected)
            }
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
    /// The path of a method's result in a folder of results.
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

    /// The most bytes that a file may have.
    private static let sizeLimit = 1 << 16

    /// Reads what `write` wrote.
    ///
    /// - Throws: `RunError.unreadable`, `.malformedConfiguration`.
    package static func read(_ path: String) throws(RunError) -> ModeResult {
        try ModeResult(RunFields(path, limit: sizeLimit))
    }

    private init(_ fields: RunFields) throws(RunError) {
        func measure(_ key: String) throws(RunError) -> Double {
            guard let number = fields.number(key), number >= 0 else {
                throw fields.wrong(key, "a number from 0")
            }
            return number
        }
        guard let method = ModeMethod(rawValue: try fields.text("method")) else {
            throw fields.wrong(
                "method", "one of " + ModeMethod.allCases.map(\.rawValue).joined(separator: ", "))
        }
        settings = Settings(
            method: method, epochs: 1, seed: try fields.seed("seed"),
            dataSetSHA256: try fields.text("dataset_sha256"))
        settings.recipe = try fields.text("recipe")
        images = try fields.count("images", in: 0...Int.max)
        processorSeconds = try measure("processor_seconds")
        modes = try fields.count("modes", in: 0...1000)
        divergence = try measure("kl")
    }
}

/// The results of several methods, and the coverage of real digits.
package struct ModeTable: Sendable {
    package let results: [ModeResult]
    package let real: ModeCoverage

    package init(results: [ModeResult], real: ModeCoverage) {
        self.results = results
        self.real = real
    }

    /// The results of all methods that have one in a folder.
    ///
    /// - Throws: `RunError`, among others if there is none, or one of other digits.
    package static func results(in folder: String, dataSetSHA256: String) throws(RunError) -> [ModeResult] {
        var results: [ModeResult] = []
        for method in ModeMethod.allCases {
            let path = ModeResult.path(of: method, in: folder)
            guard FileBytes.exists(path) else { continue }
            let result = try ModeResult.read(path)
            guard result.settings.dataSetSHA256 == dataSetSHA256 else {
                throw .otherDigits(
                    path: path, found: result.settings.dataSetSHA256, expected: dataSetSHA256)
            }
            results.append(result)
        }
        guard !results.isEmpty else { throw .noResults(path: folder) }
        return results
    }

    /// A table for people.
    package var text: String {
        let rows =
            [["method", "images", "core minutes", "modes", "KL"]]
            + results.map { result in
                [
                    result.settings.method.rawValue, "\(result.images)",
                    fixed(result.processorSeconds / 60, digits: 1), "\(result.modes)",
                    fixed(result.divergence, digits: 3),
                ]
            } + [["real digits", "", "", "\(real.reached)", fixed(real.divergence, digits: 3)]]
        let widths = rows[0].indices.map { column in rows.map(\.[column].count).max() ?? 0 }
        return rows.map { row in
            row.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - row[column].count)
                return column == 0 ? row[column] + space : space + row[column]
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    /// The table as one line of JSON.
    package var json: String {
        var writer = JSONWriter()
        writer.value(
            .object([
                "samples": .integer(ModeTrial.sampleCount), "methods": .array(results.map(\.json)),
                "real": .object(["modes": .integer(real.reached), "kl": .double(real.divergence)]),
            ]))
        return writer.text
    }
}
