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

    @Test("files that cannot all be moved into place are all taken back")
    func takenBack() throws {
        let folder = TemporaryFolder()
        do {
            let staged = try StagedFolder(path: folder.path)
            for name in ["a", "b", "last"] { try write(name, in: staged) }
            folder.write([1], to: "b/mine")
            #expect(throws: ImagingError.self) { try staged.finish(last: "last") }
        }
        #expect(folder.names() == ["b"])
        #expect(folder.contents("b/mine") == [1])
    }

    @Test("what a process had moved when it was killed goes too, unless it had moved all")
    func killedWhileMoving() throws {
        let folder = TemporaryFolder()
        for file in ["images", ".digitgen-1.partial/labels", ".digitgen-1.partial/last"] {
            folder.write([1], to: file)
        }
        for note in [".moves/images", ".moves/labels", ".ending/last"] {
            folder.write([], to: ".digitgen-1.partial/\(note)/x")
        }
        let staged = try StagedFolder(path: folder.path)
        #expect(folder.contents("images") == nil)
        try write("last", in: staged)
        try staged.finish(last: "last")
        folder.write([], to: ".digitgen-2.partial/.ending/last/x")
        #expect(throws: ImagingError.folderInUse(path: folder.path, by: "it holds 'last'")) {
            try StagedFolder(path: folder.path)
        }
        #expect(folder.names() == ["last"])
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
