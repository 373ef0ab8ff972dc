import Glibc
import Platform
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
        #expect(throws: OutputError.folderInUse(path: folder.path, by: "it holds 'mine'")) {
            try StagedFolder(path: folder.path)
        }
        #expect(folder.names() == ["mine"])
    }

    @Test("what a killed process left is removed; the work of one that runs is not")
    func leftovers() throws {
        let folder = TemporaryFolder()
        for name in ["folder-1.partial/images", "lock.partial", "2k-1.partial"] {
            folder.write([1], to: ".digitgen-\(name)")
        }
        let staged = try StagedFolder(path: folder.path)
        let names = folder.names().filter { $0 != ".digitgen-lock.partial" }
        #expect(names.count == 1 && names[0] != ".digitgen-folder-1.partial")
        #expect(throws: OutputError.self) { try StagedFolder(path: folder.path) }
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
            #expect(throws: OutputError.self) { try staged.finish(last: "last") }
        }
        #expect(folder.names() == ["b"])
        #expect(folder.contents("b/mine") == [1])
    }

    /// What stands for a file in the notes of a process that moves it.
    private func note(_ name: String, at place: String, in folder: TemporaryFolder) -> String {
        var status = stat()
        lstat(folder.path(place), &status)
        return "\(status.st_ino).\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec):\(name)"
    }

    @Test("what a process had moved when it was killed goes too, unless it had moved all")
    func killedWhileMoving() throws {
        let folder = TemporaryFolder()
        let hidden = ".digitgen-folder-1.partial"
        for file in ["images", "\(hidden)/labels", "\(hidden)/last"] { folder.write([1], to: file) }
        for (kind, name, place) in [
            (".moves", "images", "images"), (".moves", "labels", "\(hidden)/labels"),
            (".ending", "last", "\(hidden)/last"),
        ] {
            folder.write([], to: "\(hidden)/\(kind)/\(note(name, at: place, in: folder))/x")
        }
        let staged = try StagedFolder(path: folder.path)
        #expect(folder.contents("images") == nil)
        try write("last", in: staged)
        try staged.finish(last: "last")
        let last = note("last", at: "last", in: folder)
        folder.write([], to: "\(hidden)/.moves/\(note("images", at: "last", in: folder))/x")
        folder.write([], to: "\(hidden)/.ending/\(last)/x")
        #expect(throws: OutputError.folderInUse(path: folder.path, by: "it holds 'last'")) {
            try StagedFolder(path: folder.path)
        }
        #expect(folder.names() == ["last"])
    }

    @Test("what has the name of something that a killed process had moved, and is not that, stays")
    func anotherOfTheName() throws {
        let folder = TemporaryFolder()
        let hidden = ".digitgen-folder-1.partial"
        folder.write([1], to: "\(hidden)/last")
        folder.write([], to: "\(hidden)/.ending/\(note("last", at: "\(hidden)/last", in: folder))/x")
        folder.write([], to: "\(hidden)/.moves/1.2.3:images/x")
        folder.write([7], to: "images")
        #expect(throws: OutputError.folderInUse(path: folder.path, by: "it holds 'images'")) {
            try StagedFolder(path: folder.path)
        }
        #expect(folder.names() == ["images"])
        #expect(folder.contents("images") == [7])
    }

    @Test("what a process that was killed at the very end has left of its own goes without the files")
    func killedAtTheEnd() throws {
        let folder = TemporaryFolder()
        let staged = try StagedFolder(path: folder.path)
        try write("last", in: staged)
        try staged.finish(last: "last")
        folder.write([], to: ".digitgen-lock.partial")
        folder.write([], to: ".digitgen-folder-1.partial/.moves/1.2.3:images/x")
        StagedFolder.removeLeftovers(in: folder.path)
        #expect(folder.names() == ["last"])
        StagedFolder.removeLeftovers(in: folder.path("none"))
    }

    @Test("what somebody else puts into the folder meanwhile is not replaced", arguments: ["a", "7"])
    func notReplaced(name: String) throws {
        let folder = TemporaryFolder()
        do {
            let staged = try StagedFolder(path: folder.path)
            try staged.makeFolder("7")
            for name in ["7/b", "a", "last"] { try write(name, in: staged) }
            folder.write([1], to: name == "a" ? "a" : "7/mine")
            #expect(
                throws: OutputError.folderInUse(
                    path: folder.path, by: "another process has put '\(name)' there")
            ) { try staged.finish(last: "last") }
        }
        #expect(folder.names() == [name])
        #expect(folder.contents(name == "a" ? "a" : "7/mine") == [1])
    }

    @Test(
        "of several that begin in one folder together, one fills it, and the others are told",
        arguments: 1...Rounds.count(10, full: 50))
    func race(round: Int) async throws {
        let folder = TemporaryFolder()
        let path = folder.path("set")
        let errors = await withTaskGroup(of: OutputError?.self) { group in
            for number in 0..<8 {
                group.addTask {
                    do throws(OutputError) {
                        let staged = try StagedFolder(path: path)
                        for name in ["images-\(number)", "labels", "manifest"] {
                            let file = try staged.file(name)
                            try file.write([UInt8(number)])
                            try file.finish()
                        }
                        try staged.finish(last: "manifest")
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            var errors: [OutputError?] = []
            for await error in group { errors.append(error) }
            return errors
        }
        #expect(errors.filter { $0 == nil }.count == 1)
        for case .some(let error) in errors {
            guard case .folderInUse = error else { Issue.record("round \(round): \(error)"); continue }
        }
        let winner = try #require(folder.contents("set/manifest")?.first)
        #expect(folder.names("set") == ["images-\(winner)", "labels", "manifest"])
        #expect(folder.contents("set/images-\(winner)") == [winner])
        #expect(folder.contents("set/labels") == [winner])
    }

    @Test(
        "a path that is no folder, or lies in none, is named",
        arguments: ["/etc/hostname", "/none/x", "", "/proc/x"])
    func cannotCreate(path: String) {
        let error = #expect(throws: OutputError.self) { try StagedFolder(path: path) }
        guard case .cannotCreate(path, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
