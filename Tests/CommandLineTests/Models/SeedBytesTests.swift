import Foundation
import TestSupport
import Testing
import DigitModel

/// The bytes that seeds give with the bundles of the folder `weights`, against the table `Tests/seed-bytes.txt`.
///
/// With DIGITGEN_UPDATE set, bundles and requests that the table does not have yet are added to it. What it has is
/// never replaced: a row that fails is a broken promise, and a bundle that draws otherwise needs a name of its own.
@Suite("The bytes of seeds", .needsProgram)
struct SeedBytesTests {
    private static let root = #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" }
    private static let table = SeedBytesTable(path: "\(root)/Tests/seed-bytes.txt")

    @Test("a bundle in the table is still there, as it was", arguments: table.bundles)
    func bundles(bundle: SeedBytesTable.Bundle) throws {
        let bytes = try #require(FileManager.default.contents(atPath: "\(Self.root)/weights/\(bundle.file)"))
        #expect(SHA256.hexDigest(of: Array(bytes)) == bundle.sha256)
    }

    @Test("a seed gives the bytes that it has always given", arguments: table.bundles)
    func bytes(bundle: SeedBytesTable.Bundle) throws {
        for row in bundle.rows {
            #expect(try digest(row, of: bundle.file) == row.sha256, "\(bundle.file): \(row.command)")
        }
    }

    @Test("every bundle has a row for each digit, each handwriting and each format")
    func complete() throws {
        var table = Self.table
        for file in try FileManager.default.contentsOfDirectory(atPath: "\(Self.root)/weights").sorted()
        where file.hasSuffix(".zst") && !table.bundles.contains(where: { $0.file == file }) {
            guard getenv("DIGITGEN_UPDATE") != nil else {
                Issue.record("\(file) is not in Tests/seed-bytes.txt; run tools/make-manual")
                continue
            }
            table.bundles.append(try bundle(file))
            try table.write()
        }
        for index in table.bundles.indices {
            let bundle = table.bundles[index]
            let requests = try requests(of: bundle.file)
            let recorded = bundle.rows.map(\.command)
            guard recorded == requests.prefix(recorded.count).map(\.command) else {
                Issue.record("the rows of \(bundle.file) are others; new kinds of requests come last")
                continue
            }
            let new = requests.dropFirst(recorded.count)
            if getenv("DIGITGEN_UPDATE") != nil, !new.isEmpty {
                for var row in new {
                    row.sha256 = try digest(row, of: bundle.file)
                    table.bundles[index].rows.append(row)
                }
                try table.write()
            }
            #expect(table.bundles[index].rows.map(\.command) == requests.map(\.command), "\(bundle.file)")
        }
    }

    /// A bundle that is new to the table.
    private func bundle(_ file: String) throws -> SeedBytesTable.Bundle {
        let bytes = try #require(FileManager.default.contents(atPath: "\(Self.root)/weights/\(file)"))
        var rows = try requests(of: file)
        for index in rows.indices { rows[index].sha256 = try digest(rows[index], of: file) }
        return SeedBytesTable.Bundle(file: file, sha256: SHA256.hexDigest(of: Array(bytes)), rows: rows)
    }

    private func requests(of file: String) throws -> [SeedBytesTable.Row] {
        let json = try Program.run("inspect", "--json", "\(Self.root)/weights/\(file)").text
        guard json.contains("\"conditional\":true") else { return SeedBytesTable.unconditionalRows }
        return SeedBytesTable.conditionalRows
            + (json.contains("\"activation\":\"ink\"") ? SeedBytesTable.lineRows : [])
    }

    /// SHA-256 of what the row is about, with a bundle in the place of the program's own model.
    private func digest(_ row: SeedBytesTable.Row, of file: String) throws -> String {
        let script = """
            set -euo pipefail
            digitgen() { command digitgen "$@" --weights '\(Self.root)/weights/\(file)'; }
            \(row.command)
            """
        let folder = TemporaryFolder()
        let outcome = try Shell.run(script, folder: folder.path)
        outcome.expectSuccess()
        return SHA256.hexDigest(of: try row.kind.content(outcome.output))
    }
}
