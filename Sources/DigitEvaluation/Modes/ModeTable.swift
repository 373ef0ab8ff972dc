import DigitTraining
import StrictJSON

/// Methods beside each other, and what real digits reach.
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

    /// One line of JSON.
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
