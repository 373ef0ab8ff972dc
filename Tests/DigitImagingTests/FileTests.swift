import DigitImaging
import Glibc
import Testing

/// A directory of its own for one test, removed with all that is in it.
final class TemporaryDirectory {
    let path: String

    init() {
        var template = Array("/tmp/digitgen-tests-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
    }

    deinit {
        for name in names { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    /// The files in it, in the order of their names.
    var names: [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    func contents(_ name: String) -> [UInt8]? {
        guard let file = fopen("\(path)/\(name)", "rb") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while true {
            let byte = fgetc(file)
            guard byte != EOF else { return bytes }
            bytes.append(UInt8(byte))
        }
    }
}

@Suite("Files")
struct FileTests {
    @Test("a file appears under its name when it is finished, and not before")
    func appearsWhole() throws {
        let directory = TemporaryDirectory()
        let file = try AtomicFile(path: "\(directory.path)/a")
        try file.write([1, 2])
        try file.write([3][...])
        #expect(!directory.names.contains("a"))
        try file.finish()
        #expect(directory.names == ["a"])
        #expect(directory.contents("a") == [1, 2, 3])
    }

    @Test("a file that is given up leaves nothing, and what was there before stays")
    func givenUp() throws {
        let directory = TemporaryDirectory()
        let old = try AtomicFile(path: "\(directory.path)/a")
        try old.write([9])
        try old.finish()
        do {
            let new = try AtomicFile(path: "\(directory.path)/a")
            try new.write([1, 2])
        }
        #expect(directory.names == ["a"])
        #expect(directory.contents("a") == [9])
    }

    @Test("a file that is replaced keeps its permissions, and a link to it stays a link")
    func replaced() throws {
        let directory = TemporaryDirectory()
        let (path, link) = ("\(directory.path)/a", "\(directory.path)/link")
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
        #expect(directory.contents("a") == [5])
    }

    @Test(
        "a path where no file can be made is named with the system's reason",
        arguments: ["/nonexistent/a", "/tmp", "/tmp/", "", "/proc/a"])
    func cannotCreate(path: String) {
        let error = #expect(throws: ImagingError.self) { try AtomicFile(path: path) }
        guard case .cannotCreate(path, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("a full device is an error of writing")
    func fullDevice() throws {
        let sink = try DescriptorSink(existing: "/dev/full")
        #expect(throws: ImagingError.cannotWrite(path: "/dev/full", reason: "No space left on device")) {
            try sink.write([1])
        }
    }

    @Test("a pipe that nobody reads is told apart from a failure")
    func closedPipe() throws {
        DescriptorSink.ignoreBrokenPipes()
        let directory = TemporaryDirectory()
        let path = "\(directory.path)/pipe"
        #expect(mkfifo(path, 0o600) == 0)
        let reader = open(path, O_RDONLY | O_NONBLOCK)
        let sink = try DescriptorSink(existing: path)
        close(reader)
        #expect(throws: ImagingError.closedPipe) { try sink.write([1]) }
    }
}
