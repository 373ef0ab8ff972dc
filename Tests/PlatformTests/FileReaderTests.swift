import Platform
import TestSupport
import Testing

@Suite("Reading files")
struct FileReaderTests {
    private let folder = TemporaryFolder()

    @Test("a file longer than its limit is not read")
    func endless() {
        let error = SystemError(
            "read", "/dev/zero", code: EFBIG, reason: "larger than the limit of 1000 bytes")
        #expect(throws: error) { try FileBytes.read("/dev/zero", limit: 1000) }
        #expect(error.description == "cannot read /dev/zero: larger than the limit of 1000 bytes")
    }

    @Test("a file of exactly the limit is read")
    func limit() throws {
        folder.write([UInt8](repeating: 7, count: 1000), to: "file")
        #expect(try FileBytes.read(folder.path("file"), limit: 1000).count == 1000)
        #expect(throws: SystemError.self) { try FileBytes.read(folder.path("file"), limit: 999) }
    }

    @Test("a pipe or a folder is no regular file, and is not waited for")
    func notRegular() {
        let pipe = folder.path("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        for path in [pipe, folder.path, "/dev/zero"] {
            #expect(throws: SystemError("read", path, code: EINVAL, reason: "not a regular file")) {
                try FileReader(path, regularOnly: true)
            }
        }
    }

    @Test("what is missing is named with the system's words")
    func missing() {
        let path = folder.path("none")
        let error = #expect(throws: SystemError.self) { try FileBytes.read(path, limit: 1) }
        #expect(error?.description == "cannot open \(path): No such file or directory")
    }
}
