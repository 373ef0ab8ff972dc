import Glibc
import Platform
import TestSupport
import Testing

@Suite("New folders")
struct NewFoldersTests {
    @Test(
        "folders are made as far as they are missing",
        arguments: ["a", "a/b/c", "a/b/c//", "a//b/./c", "a/../b", "a/\u{301}b"])
    func made(name: String) throws {
        let folder = TemporaryFolder()
        do {
            let folders = try NewFolders(folder.path(name))
            #expect(PathKind(folder.path(name)) == .folder)
            try folders.keep()
        }
        #expect(FileStatus.isFolder(folder.path(name)))
    }

    @Test("without keep they go, and those that were there or hold something stay")
    func removed() throws {
        let folder = TemporaryFolder()
        mkdir(folder.path("there"), 0o700)
        do {
            let folders = try NewFolders(folder.path("there/a/b"))
            folder.write([1], to: "there/mine")
            withExtendedLifetime(folders) {}
        }
        #expect(folder.names("there") == ["mine"])
        do {
            let folders = try NewFolders(folder.path("x/y"))
            folder.write([1], to: "x/mine")
            withExtendedLifetime(folders) {}
        }
        #expect(folder.names("x") == ["mine"])
    }

    @Test("what is above a path is made, and the path is not")
    func above() throws {
        let folder = TemporaryFolder()
        let folders = try NewFolders(above: folder.path("a/b/c//"))
        try folders.keep()
        #expect(folder.names("a") == ["b"])
        #expect(folder.names("a/b") == [])
        // There is always something above these.
        for path in ["a", "/", "/a", ".", ""] { _ = try NewFolders(above: path) }
    }

    @Test(
        "a place where none can be is an error, and nothing is left", arguments: ["file/a/b", "/proc/none/x"])
    func impossible(name: String) throws {
        let folder = TemporaryFolder()
        folder.write([1], to: "file")
        let path = name.hasPrefix("/") ? name : folder.path(name)
        #expect(throws: OutputError.self) { try NewFolders(path) }
        #expect(folder.names() == ["file"])
    }

    @Test("many that make and remove folders above each other's do not disturb each other")
    func together() async throws {
        let folder = TemporaryFolder()
        let root = folder.path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask {
                    for round in 0..<200 {
                        let folders = try NewFolders("\(root)/a/b/\(number)")
                        if round == 199 { try folders.keep() }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(folder.names("a/b").count == 8)
    }
}
