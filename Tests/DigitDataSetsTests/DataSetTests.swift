import DigitModel
import Platform
import TestSupport
import Testing
import TrainingTestSupport

@testable import DigitDataSets

@Suite("Data set")
struct DataSetTests {
    private let folder = TemporaryFolder()

    /// Writes a pair of files and loads it.
    private func load(
        images: [UInt8] = IDXBytes.images(count: 3), labels: [UInt8] = IDXBytes.labels([1, 2, 9])
    ) throws -> DataSet {
        folder.write(images, to: "train-images-idx3-ubyte")
        folder.write(labels, to: "train-labels-idx1-ubyte")
        return try DataSet.load(directory: folder.path, split: .train)
    }

    private var imagePath: String { folder.path("train-images-idx3-ubyte") }
    private var labelPath: String { folder.path("train-labels-idx1-ubyte") }

    @Test("images and labels come out as they stand in the files")
    func plain() throws {
        let data = try load()
        #expect(data.count == 3)
        #expect(data.images == Array(IDXBytes.images(count: 3)[16...]))
        #expect(data.labels == [1, 2, 9])
    }

    @Test("a compressed file gives what the plain one gives, and the same digest")
    func compressed() throws {
        let plain = try load()
        folder.write(IDXBytes.gzip(IDXBytes.images(count: 3)), to: "t10k-images-idx3-ubyte.gz")
        folder.write(IDXBytes.gzip(IDXBytes.labels([1, 2, 9])), to: "t10k-labels-idx1-ubyte.gz")
        let data = try DataSet.load(directory: folder.path + "/", split: .test)
        #expect(data.images == plain.images && data.labels == plain.labels && data.digest == plain.digest)
        let named = try DataSet.load(
            images: folder.path("t10k-images-idx3-ubyte.gz"),
            labels: folder.path("t10k-labels-idx1-ubyte"))
        #expect(named.digest == data.digest)
    }

    @Test("the digest is that of both files' bytes")
    func digest() throws {
        let bytes = IDXBytes.images(count: 3) + IDXBytes.labels([1, 2, 9])
        #expect(try load().digest == SHA256.hexDigest(of: bytes))
    }

    @Test("a missing file is named")
    func missing() throws {
        folder.write(IDXBytes.images(count: 1), to: "train-images-idx3-ubyte")
        #expect(throws: DataSetError.missingFile(path: labelPath)) {
            try DataSet.load(directory: folder.path, split: .train)
        }
    }

    @Test("a directory in a file's place cannot be read")
    func notAFile() throws {
        #expect(throws: DataSetError.self) { try IDXFormat.images(folder.path) }
    }

    @Test("labels where images should be are recognised by their magic number")
    func wrongMagic() {
        #expect(
            throws: DataSetError.wrongMagic(path: imagePath, found: 0x801, kind: .idx, expected: 0x803)
        ) {
            try load(images: IDXBytes.labels([1]))
        }
    }

    @Test("a page that came in place of a file is called one")
    func page() {
        let error = #expect(throws: DataSetError.self) {
            try load(images: Array("<!DOCTYPE html><html>Not found</html>".utf8))
        }
        #expect(error?.description.contains("it is an HTML page; ") == true, "\(String(describing: error))")
    }

    @Test("images of another size are refused")
    func wrongSize() {
        #expect(throws: DataSetError.wrongImageSize(path: imagePath, height: 32, width: 28)) {
            try load(images: IDXBytes.header([0x803, 1, 32, 28]) + [UInt8](repeating: 0, count: 896))
        }
    }

    @Test("different numbers of images and labels are refused")
    func differentCounts() {
        #expect(
            throws: DataSetError.differentCounts(
                images: imagePath, imageCount: 3, labels: labelPath, labelCount: 2)
        ) { try load(labels: IDXBytes.labels([1, 2])) }
    }

    @Test("a file cut anywhere names the byte where it ends")
    func truncated() {
        let whole = IDXBytes.images(count: 2)
        for size in [0, 3, 4, 15, 16, 17, whole.count - 1] {
            let expected = size < 16 ? 16 : whole.count
            #expect(throws: DataSetError.truncated(path: imagePath, size: size, expected: expected)) {
                try load(images: Array(whole[..<size]))
            }
        }
    }

    @Test("a header that announces 2³² − 1 images is only a truncated file")
    func hugeCount() {
        let expected = 16 + Int(UInt32.max) * 784
        #expect(throws: DataSetError.truncated(path: imagePath, size: 16, expected: expected)) {
            try load(images: IDXBytes.header([0x803, .max, 28, 28]))
        }
    }

    @Test("data after the last entry is refused")
    func trailing() {
        #expect(throws: DataSetError.trailingData(path: labelPath, size: 12, expected: 11)) {
            try load(labels: IDXBytes.labels([1, 2, 9]) + [0])
        }
    }

    @Test("a file without entries is refused")
    func empty() {
        #expect(throws: DataSetError.empty(path: imagePath)) { try load(images: IDXBytes.images(count: 0)) }
    }

    @Test("a label that is no digit is refused, with its place")
    func labelOutOfRange() {
        #expect(throws: DataSetError.labelOutOfRange(path: labelPath, offset: 9, label: 10)) {
            try load(labels: IDXBytes.labels([1, 10, 2]))
        }
    }

    @Test("every cut and every flipped byte of a compressed file is an error, never a crash")
    func corruptGzip() {
        let whole = IDXBytes.gzip(IDXBytes.labels([1, 2, 9, 4, 4, 4, 4, 4]))
        let path = folder.path("labels.gz")
        for size in 0..<whole.count {
            folder.write(Array(whole[..<size]), to: "labels.gz")
            #expect(throws: DataSetError.self, "cut at \(size)") { try IDXFormat.labels(path) }
        }
        // Bytes 4 to 9 of a gzip header (time, flags of the compressor, system) mean nothing to the data.
        for index in whole.indices where !(4...9).contains(index) {
            var broken = whole
            broken[index] ^= 0xFF
            folder.write(broken, to: "labels.gz")
            #expect(throws: DataSetError.self, "byte \(index)") { try IDXFormat.labels(path) }
        }
    }

    @Test("rubbish after a gzip member is refused, a second member is read")
    func members() throws {
        let file = IDXBytes.labels([1, 2, 9, 3])
        let halves = IDXBytes.gzip(Array(file[..<5])) + IDXBytes.gzip(Array(file[5...]))
        #expect(try IDXFormat.labels(folder.write(halves, to: "labels.gz")) == [1, 2, 9, 3])
        for rubbish in [[1, 2, 3], [0, 0, 3]] as [[UInt8]] {
            let path = folder.write(halves + rubbish, to: "labels.gz")
            #expect(throws: DataSetError.self) { try IDXFormat.labels(path) }
        }
    }

    @Test("zeros that pad a gzip file are ignored")
    func paddedGzip() throws {
        let file = IDXBytes.gzip(IDXBytes.labels([1, 2, 9]))
        for count in [1, 18, 512] {
            let path = folder.write(file + [UInt8](repeating: 0, count: count), to: "labels.gz")
            #expect(try IDXFormat.labels(path) == [1, 2, 9])
        }
    }

    @Test("gzip is recognised by its bytes, not by the file's name")
    func misnamedGzip() throws {
        let (labels, images) = (IDXBytes.labels([1, 2, 9]), IDXBytes.images(count: 3))
        let data = try load(images: IDXBytes.gzip(images), labels: IDXBytes.gzip(labels))
        #expect(data.labels == [1, 2, 9] && data.images == Array(images[16...]))
        #expect(try IDXFormat.labels(folder.write(labels, to: "plain.gz")) == [1, 2, 9])
    }

    @Test("a file of another kind is named")
    func otherKind() {
        let png = [0x89] + Array("PNG\r\n".utf8)
        let error = #expect(throws: DataSetError.self) { try load(images: png) }
        #expect(error?.description.contains("a PNG picture") == true)
        let zip = #expect(throws: DataSetError.self) { try load(labels: Array("PK".utf8) + [3, 4, 20]) }
        #expect(zip?.description.contains("a zip file") == true)
    }

    @Test("unpacking stops at its limit")
    func limit() {
        #expect(throws: Gzip.Failure.tooLarge) {
            try Gzip.unpack(IDXBytes.gzip([UInt8](repeating: 0, count: 1000)), limit: 999)
        }
    }

    @Test("MNIST itself, where it is at hand, has its known counts", .enabled(if: FileBytes.exists(mnist)))
    func mnistCounts() throws {
        // Without `DataSet`, whose digest takes seconds in a debug build.
        let labels = try IDXFormat.labels(mnist + "/t10k-labels-idx1-ubyte")
        #expect(labels.count == 10_000 && labels[0] == 7)
        #expect((0..<10).map { digit in labels.count { $0 == digit } }.min() == 892)
        #expect(try IDXFormat.images(mnist + "/t10k-images-idx3-ubyte").count == 7_840_000)
    }
}

/// Where MNIST may stand, beside the package.
let mnist = "../shared/mnist"
