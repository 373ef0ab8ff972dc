import Glibc
import Platform
import TestSupport
import Testing

@Suite("Files")
struct FileTests {
    @Test("a file appears under its name when it is finished, and not before")
    func appearsWhole() throws {
        let folder = TemporaryFolder()
        let file = try AtomicFile(path: "\(folder.path)/a")
        try file.write([1, 2])
        try file.write([3][...])
        #expect(!folder.names().contains("a"))
        try file.finish()
        #expect(folder.names() == ["a"])
        #expect(folder.contents("a") == [1, 2, 3])
    }

    @Test("a file that is given up leaves nothing, and what was there before stays")
    func givenUp() throws {
        let folder = TemporaryFolder()
        let old = try AtomicFile(path: "\(folder.path)/a")
        try old.write([9])
        try old.finish()
        do {
            let new = try AtomicFile(path: "\(folder.path)/a")
            try new.write([1, 2])
        }
        #expect(folder.names() == ["a"])
        #expect(folder.contents("a") == [9])
    }

    @Test("what a killed process has left of files can be removed, and nothing else")
    func temporaries() throws {
        let folder = TemporaryFolder()
        for name in ["a", ".digitgen-2k.partial", ".digitgen-2k", ".partial", ".digitgen-x.partial"] {
            folder.write([1], to: name)
        }
        AtomicFile.removeTemporaries(in: folder.path)
        #expect(folder.names() == [".digitgen-2k", ".partial", "a"])
        AtomicFile.removeTemporaries(in: folder.path + "/none")
    }

    @Test("a file that is being written is not taken for one that was left")
    func temporaryInUse() throws {
        let folder = TemporaryFolder()
        let file = try AtomicFile(path: folder.path("a"))
        AtomicFile.removeTemporaries(in: folder.path)
        try file.write([1])
        try file.finish()
        #expect(folder.names() == ["a"])
    }

    @Test("the next file of a name removes what a killed process has left of it, but not of others")
    func leftover() throws {
        let folder = TemporaryFolder()
        var names: [String] = []
        for name in ["a", "b"] {
            let living = try AtomicFile(path: folder.path(name))
            // What stands while it is written would stay if the process ended now.
            names += folder.names()
            try AtomicFile.write([2], to: folder.path(name))
            #expect(folder.names().contains(names.last ?? ""), "still being written")
            withExtendedLifetime(living) {}
            unlink(folder.path(name))
        }
        #expect(folder.names() == [] && names.count == 2)
        for name in names { folder.write([1], to: name) }
        try AtomicFile.write([3], to: folder.path("a"))
        #expect(folder.names() == [names[1], "a"])
        #expect(folder.contents("a") == [3])
    }

    @Test(
        "a leftover whose name says where its process runs stays, as long as that cannot be known to be gone")
    func leftoverOfOtherMachine() throws {
        let folder = TemporaryFolder()
        folder.write([1], to: ".digitgen-2k-1-elsewhere-2.partial")
        AtomicFile.removeTemporaries(in: folder.path)
        #expect(folder.names() == [".digitgen-2k-1-elsewhere-2.partial"])
    }

    @Test("a pipe is never replaced by a file, but an output that was named by it goes into it")
    func pipe() throws {
        let folder = TemporaryFolder()
        let path = folder.path("pipe")
        #expect(mkfifo(path, 0o600) == 0)
        #expect(throws: OutputError.cannotCreate(path: path, reason: "a pipe or device is there")) {
            try AtomicFile(path: path)
        }
        let reader = open(path, O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        try NamedOutput.probe(path)
        try NamedOutput.write([1, 2, 3], to: path)
        var bytes = [UInt8](repeating: 0, count: 8)
        #expect(read(reader, &bytes, 8) == 3 && bytes.prefix(3) == [1, 2, 3])
        #expect(folder.names() == ["pipe"] && PathKind(path) == .stream)
        try NamedOutput.write([4], to: folder.path("file"))
        #expect(folder.contents("file") == [4])
    }

    @Test("a file that is replaced keeps its permissions, and a link to it stays a link")
    func replaced() throws {
        let folder = TemporaryFolder()
        let (path, link) = ("\(folder.path)/a", "\(folder.path)/link")
        let old = try AtomicFile(path: path)
        try old.finish()
        chmod(path, 0o640)
        symlink("a", link)
        let new = try AtomicFile(path: link)
        try new.write([5])
        try new.finish()
        var status = stat()
        #expect(lstat(link, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
        #expect(lstat(path, &status) == 0 && status.st_mode & 0o777 == 0o640)
        #expect(folder.contents("a") == [5])
    }

    @Test("what cannot be finished is named as it was given, not by where it would really be")
    func givenName() throws {
        let folder = TemporaryFolder()
        symlink("a", folder.path("link"))
        let file = try AtomicFile(path: folder.path("link"))
        mkdir(folder.path("a"), 0o700)
        let error = #expect(throws: OutputError.self) { try file.finish() }
        #expect(
            error.map { "\($0)".contains("'\(folder.path("link"))'") } == true, "\(String(describing: error))"
        )
    }

    @Test("a link to what is not there yet stays a link, too, and one to itself is refused")
    func dangling() throws {
        let folder = TemporaryFolder()
        mkdir(folder.path("other"), 0o700)
        symlink("other/there", folder.path("first"))
        symlink("first", folder.path("second"))
        symlink("loop", folder.path("loop"))
        try AtomicFile.write([7], to: folder.path("second"))
        #expect(folder.contents("other/there") == [7])
        #expect(folder.names() == ["first", "loop", "other", "second"])
        #expect(throws: OutputError.self) { try AtomicFile(path: folder.path("loop")) }
    }

    @Test("two names of one file are known, whether it is there or not", arguments: [true, false])
    func oneFile(exists: Bool) throws {
        let folder = TemporaryFolder()
        if exists { folder.write([1], to: "a") }
        symlink("a", folder.path("link"))
        let (file, link) = try (AtomicFile(path: folder.path("a")), AtomicFile(path: folder.path("link")))
        #expect(file.isSameFile(as: link) && link.isSameFile(as: file))
        #expect(try !file.isSameFile(as: AtomicFile(path: folder.path("b"))))
    }

    @Test(
        "a path where no file can be made is named with the system's reason",
        arguments: ["/nonexistent/a", "/tmp", "/tmp/", "", "/proc/a"])
    func cannotCreate(path: String) {
        let error = #expect(throws: OutputError.self) { try AtomicFile(path: path) }
        guard case .cannotCreate(path, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("a full device is an error of writing")
    func fullDevice() throws {
        let sink = try DescriptorSink(existing: "/dev/full")
        #expect(throws: OutputError.cannotWrite(path: "/dev/full", reason: "No space left on device")) {
            try sink.write([1])
        }
    }

    @Test("a pipe that nobody reads is told apart from a failure")
    func closedPipe() throws {
        DescriptorSink.reportFailedWrites()
        let folder = TemporaryFolder()
        let path = "\(folder.path)/pipe"
        #expect(mkfifo(path, 0o600) == 0)
        let reader = open(path, O_RDONLY | O_NONBLOCK)
        let sink = try DescriptorSink(existing: path)
        close(reader)
        #expect(throws: OutputError.closedPipe) { try sink.write([1]) }
    }
}
