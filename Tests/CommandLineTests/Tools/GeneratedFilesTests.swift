import Foundation
import TestSupport
import Testing

/// Files that are made from the program. `tools/make-manual` runs these tests with DIGITGEN_UPDATE set, which
/// writes the files instead.
@Suite("Generated files", .needsProgram)
struct GeneratedFilesTests {
    /// The folder of the package.
    private let root = #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" }

    @Test(
        "the completions are those of this program",
        arguments: [("bash", "digitgen.bash"), ("zsh", "_digitgen"), ("fish", "digitgen.fish")])
    func completions(shell: String, file: String) throws {
        let outcome = try Program.run("--generate-completion-script", shell)
        #expect(outcome.status == 0)
        try compare(outcome.output, with: "tools/completions/\(file)")
    }

    @Test("the manual page is that of this program")
    func manual() throws {
        let outcome = try Program.run("--generate-manual")
        #expect(outcome.status == 0)
        try compare(outcome.output, with: "docs/digitgen.1")
    }

    private func compare(_ bytes: [UInt8], with path: String) throws {
        if getenv("DIGITGEN_UPDATE") != nil {
            try Data(bytes).write(to: URL(fileURLWithPath: "\(root)/\(path)"))
        }
        let found = try #require(contents("\(root)/\(path)"), "\(path) is missing; run tools/make-manual")
        let isCurrent = found == bytes
        #expect(isCurrent, "\(path) is out of date; run tools/make-manual")
    }

    private func contents(_ path: String) -> [UInt8]? {
        FileManager.default.contents(atPath: path).map { [UInt8]($0) }
    }
}
