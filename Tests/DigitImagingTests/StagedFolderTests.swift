import DigitImaging
import Glibc
import TestSupport
import Testing

@Suite("Staged folders")
struct StagedFolderTests {
    private func write(_ name: String, in staged: StagedFolder, isOneOfMany: Bool = false) throws {
        let file = try staged.file(name, isOneOfMany: isOneOfMany)
        try file.write(Array(name.utf8))
        try file.finish()
    }

    @Test("files appear all together, in a folder that is made for them", arguments: [false, true])
    func appearTogether(isOneOfMany: Bool) throws {
        let folder = TemporaryFolder()
        let staged = try StagedFolder(path: folder.path("new/"))
        try staged.makeFolder("7")
        try write("7/a", in: staged, isOneOfMany: isOneOfMany)
        try write("last", in: staged)
        #expect(folder.names("new").allSatisfy { $0.hasSuffix(".partial") })
        try staged.finish(last: "last")
        #expect(folder.names("new") == ["7", "last"])
        #expect(folder.contents("new/7/a") == Array("7/a".utf8))
    }

    @Test("work that is given up leaves nothing, and a folder that was there stays")
    func givenUp() throws {
        let folder = TemporaryFolder()
        for path in [folder.path("new"), folder.path] {
            let staged = try StagedFolder(path: path)
            try staged.makeFolder("7")
            try write("7/a", in: staged)
        }
        #expect(folder.names() == [])
    }

    @Test("a folder with anything in it is refused, and keeps it")
    func inUse() throws {
        let folder = TemporaryFolder()
        folder.write([1], to: "mine")
        #expect(throws: ImagingError.folderInUse(path: folder.path, by: "it holds 'mine'")) {
            try StagedFolder(path: folder.path)
        }
        #expect(folder.names() == ["mine"])
    }

    @Test("what a killed process left is removed; the work of one that runs is not")
    func leftovers() throws {
        let folder = TemporaryFolder()
        mkdir(folder.path(".digitgen-1.partial"), 0o700)
        folder.write([1], to: ".digitgen-1.partial/images")
        let staged = try StagedFolder(path: folder.path)
        #expect(folder.names().count == 1)
        #expect(throws: ImagingError.self) { try StagedFolder(path: folder.path) }
        try write("a", in: staged)
        try staged.finish(last: "a")
        #expect(folder.names() == ["a"])
    }

    @Test(
        "a path that is no folder, or lies in none, is named",
        arguments: ["/etc/hostname", "/none/x", "", "/proc/x"])
    func cannotCreate(path: String) {
        let error = #expect(throws: ImagingError.self) { try StagedFolder(path: path) }
        guard case .cannotCreate(path, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
