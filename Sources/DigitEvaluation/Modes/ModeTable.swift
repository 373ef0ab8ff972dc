import DigitTraining
import Platform
import StrictJSON

/// The results of several methods on one set, and the coverage of real samples.
package struct ModeTable: Sendable {
    /// The results of a method by one recipe, one for each seed.
    package struct Row: Sendable {
        package let method: ModeMethod
        /// At least one.
        package let results: [ModeResult]

        /// The samples that each learnt from.
        var images: Int { results[0].images }
        var minutes: Spread { Spread(results.map { $0.processorSeconds / 60 }) }
        /// Of the number of modes reached.
        package var modes: Spread { Spread(results.map { Double($0.coverage.reached) }) }
        /// Of KL(p ‖ uniform): see `ModeCoverage`.
        package var divergence: Spread { Spread(results.map(\.coverage.divergence)) }
        /// Nil where a run misses a mode.
        var reverseDivergence: Spread? {
            let values = results.compactMap(\.coverage.reverseDivergence)
            return values.count == results.count ? Spread(values) : nil
        }
        package var goodShare: Spread { Spread(results.map(\.coverage.goodShare)) }
    }

    package let set: ModeSet
    /// In the order of the methods.
    package let rows: [Row]
    /// Of as many real samples.
    package let real: ModeCoverage

    /// - Parameter results: of the set, at least one.
    package init(_ set: ModeSet, results: [ModeResult], real: ModeCoverage) {
        self.set = set
        rows = ModeMethod.allCases.flatMap { method in
            let found = results.filter { $0.settings.method == method }
            let byRecipe = Dictionary(grouping: found, by: \.settings.recipe)
            return byRecipe.sorted { $0.key < $1.key }.map { Row(method: method, results: $0.value) }
        }
        self.real = real
    }

    /// The results of all methods and seeds that have one in a folder, for each set that has any.
    ///
    /// - Throws: `RunError`, among others if there is none, or one of other digits.
    package static func results(
        in folder: String, dataSetSHA256: String
    ) throws(RunError) -> [(set: ModeSet, results: [ModeResult])] {
        var sets: [(set: ModeSet, results: [ModeResult])] = []
        for set in ModeSet.allCases {
            let results = try results(
                on: set, in: folder, dataSetSHA256: set.mixture == nil ? dataSetSHA256 : "")
            if !results.isEmpty { sets.append((set, results)) }
        }
        guard !sets.isEmpty else { throw .noResults(path: folder) }
        return sets
    }

    /// The results on one set.
    private static func results(
        on set: ModeSet, in folder: String, dataSetSHA256: String
    ) throws(RunError) -> [ModeResult] {
        var results: [ModeResult] = []
        for name in try names(of: set, in: folder) {
            let path = "\(folder)/\(name)"
            let result = try ModeResult.read(path)
            guard name == "\(result.name).json" else {
                throw .misnamedResult(path: path, content: result.name)
            }
            guard result.settings.dataSetSHA256 == dataSetSHA256 else {
                throw .otherDigits(
                    path: path, found: result.settings.dataSetSHA256, expected: dataSetSHA256)
            }
            results.append(result)
        }
        return results.sorted { $0.settings.seed < $1.settings.seed }
    }

    /// The names of the files of results on a set.
    private static func names(of set: ModeSet, in folder: String) throws(RunError) -> [String] {
        let names: [String]
        do { names = try FolderContents.list(folder) } catch { throw .unreadable(error) }
        return names.filter { name in
            ModeMethod.allCases.contains { method in
                let start = "\(set.rawValue)-\(method.rawValue)-"
                guard name.hasPrefix(start), name.hasSuffix(".json") else { return false }
                return UInt64(name.dropFirst(start.count).dropLast(5)) != nil
            }
        }
    }

    /// A table for people.
    package var text: String {
        let rows =
            [["method", "seeds", "samples", "core minutes", "modes", "KL", "KL(u‖p)", "good"]]
            + rows.map { row in
                [
                    row.method.rawValue, "\(row.results.count)", "\(row.images)", row.minutes.text(digits: 1),
                    row.modes.text(digits: row.results.count > 1 ? 1 : 0),
                    row.divergence.text(digits: 3), row.reverseDivergence?.text(digits: 3) ?? "∞",
                    row.goodShare.text(digits: 3),
                ]
            } + [
                [
                    "real", "", "", "", "\(real.reached)", fixed(real.divergence, digits: 3),
                    real.reverseDivergence.map { fixed($0, digits: 3) } ?? "∞",
                    fixed(real.goodShare, digits: 3),
                ]
            ]
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
                "set": .string(set.rawValue), "samples": .integer(set.sampleCount),
                "results": .array(rows.flatMap { $0.results.map(\.json) }),
                "real": .object(real.json),
            ]))
        return writer.text
    }
}
