import TestSupport
import Testing

@testable import DigitService

@Suite("Recorded folders")
struct RecordedFolderTests {
    @Test("the files of a group are in the order of their numbers, also beyond eight digits")
    func order() throws {
        let folder = TemporaryFolder()
        let names = ["00000009", "99999999", "100000000", "100000001"]
        for name in names.reversed() {
            folder.write([], to: "images/\(name).png")
            folder.write([], to: "images/\(name).gt.txt")
        }
        let paths = try RecordedFolder.paths(of: "images/*.png", in: folder.path)
        #expect(paths == names.map { "images/\($0).png" })
        #expect(try RecordedFolder.paths(of: "gt.txt", in: folder.path) == ["gt.txt"])
    }
}
