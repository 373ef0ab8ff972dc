import Glibc
import TestSupport
import Testing

@Suite("Tools")
struct ToolsTests {
    /// The folder of the package.
    private let root = #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" }

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
        #expect(outcome.errors.contains("no mirror has the original train-images-idx3-ubyte.gz"))
        #expect(folder.names("data") == [])
    }

    /// Functions of the tools, in a folder where `program` stands for the program and `map` for the linker's map.
    private func runFunctions(_ script: String, in folder: TemporaryFolder) throws -> Execution.Outcome {
        folder.write(Array("#!/bin/sh\n".utf8), to: "program")
        return try Shell.run(
            """
            set -euo pipefail
            source '\(root)/tools/support/setup.sh'
            source '\(root)/tools/support/build-digitgen.sh'
            build=$PWD/build digitgen=$PWD/program link_map=$PWD/map
            mkdir -p build
            source '\(root)/tools/support/notices.sh'
            source '\(root)/tools/support/install-files.sh'
            \(script)
            """, folder: folder.path)
    }

    @Test("what is installed is removed again, and nothing else is")
    func uninstall() throws {
        let folder = TemporaryFolder()
        folder.write([1], to: "prefix/share/man/man1/other.1")
        try runFunctions("install_files prefix", in: folder).expectSuccess()
        #expect(folder.names("prefix/share/doc/digitgen") == ["THIRD-PARTY-NOTICES", "copyright"])
        #expect(folder.names("prefix/bin") == ["digitgen"])
        let install = "'\(root)/tools/install' --uninstall"
        #expect(try Shell.run("\(install) $PWD/prefix", folder: folder.path).status == 0)
        #expect(folder.names("prefix") == ["share"] && folder.names("prefix/share") == ["man"])
        #expect(folder.names("prefix/share/man/man1") == ["other.1"])
        try Shell.run("\(install) $PWD/prefix", folder: folder.path)
            .expectFailure(66, of: "install", "not installed below", "/prefix")
        try Shell.run("\(install) prefix", folder: folder.path).expectFailure(
            64, of: "install", "absolute path")
    }

    @Test(
        "the notices are of what the linker has taken, and of nothing else",
        .enabled(if: Shell.has("dpkg-query")))
    func notices() throws {
        let folder = TemporaryFolder()
        let map = """
            archive=$(dpkg-query -L zlib1g-dev | grep 'libz[.]a$')
            echo "$archive(deflate.o)" > map; echo " .text 0x12 $archive(inflate.o)" >> map
            echo "$PWD/build/libOwn.a(own.o)" >> map
            """
        try runFunctions("\(map)\nmake_notices", in: folder).expectSuccess()
        let notices = String(decoding: folder.contents("build/THIRD-PARTY-NOTICES") ?? [], as: UTF8.self)
        for word in [
            "zlib1g-dev\n    linked: libz.a\n", "Jean-loup Gailly", "Swift", "Runtime Library Exception",
        ] {
            #expect(notices.contains(word), "\(word)")
        }
        #expect(!notices.contains("libpng-dev") && !notices.contains("libOwn"))
        let copyright = try runFunctions("\(map)\ndebian_copyright abc123", in: folder)
        copyright.expectSuccess()
        #expect(
            copyright.text.hasPrefix(
                "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"))
        #expect(copyright.text.contains("License: Apache-2.0 and Apache-2.0-with-Swift-exception and Zlib\n"))
        #expect(copyright.text.contains("\n\nLicense: Zlib\n This software is provided 'as-is'"))
    }

    @Test("the package's changelog has the changes of its version, and a date that the sources decide")
    func changelog() throws {
        let outcome = try runFunctions(
            "debian_changelog 0.1.0 'A <a@example.org>' 86400", in: TemporaryFolder())
        outcome.expectSuccess()
        let lines = outcome.text.split(separator: "\n")
        #expect(lines.first == "digitgen (0.1.0) unstable; urgency=medium")
        #expect(lines.last == " -- A <a@example.org>  Fri, 02 Jan 1970 00:00:00 +0000")
        #expect(lines.count > 3 && lines.allSatisfy { $0.utf8.count <= 80 })
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
