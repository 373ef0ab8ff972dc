import Glibc
import TestSupport
import Testing

@Suite("Tools")
struct ToolsTests {
    /// The folder of the package.
    private let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }

    @Test("fetch-mnist refuses files that are not the originals, and leaves none of them")
    func fetchMNIST() throws {
        guard access("/usr/bin/curl", X_OK) == 0 else { return }
        let folder = TemporaryFolder()
        mkdir(folder.path("mirror"), 0o700)
        folder.write([1, 2, 3], to: "mirror/train-images-idx3-ubyte.gz")
        let mirrors = "file://\(folder.path("missing")) file://\(folder.path("mirror"))"
        let outcome = try Execution(
            "\(root)/tools/fetch-mnist", ["data"],
            environment: ["MNIST_MIRRORS=\(mirrors)", "PATH=/usr/bin:/bin"], folder: folder.path
        ).outcome()
        #expect(outcome.status == 69)
        #expect(outcome.errors.contains("not the original file"))
        #expect(outcome.errors.contains("no mirror gave train-images-idx3-ubyte.gz"))
        #expect(folder.names("data") == [])
    }

    @Test("fetch-mnist wants one folder")
    func fetchUsage() throws {
        for arguments in [[], ["a", "b"], ["--help"], [""]] {
            let outcome = try Execution(
                "\(root)/tools/fetch-mnist", arguments, environment: ["PATH=/usr/bin:/bin"]
            ).outcome()
            #expect(outcome.status == 64)
            #expect(outcome.errors == "fetch-mnist: usage: tools/fetch-mnist DIR\n")
        }
    }
}
