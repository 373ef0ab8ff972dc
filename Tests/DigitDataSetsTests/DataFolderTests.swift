import DigitImaging
import DigitModel
import TestSupport
import Testing
import TrainingTestSupport

@testable import DigitDataSets

@Suite("Folders of digits")
struct DataFolderTests {
    private let folder = TemporaryFolder()
    private let labels = (0..<30).map { UInt8($0 * 7 % 10) }
    private let images = (0..<30 * 784).map { UInt8(truncatingIfNeeded: $0 / 784 * 8 + $0 % 8) }

    private func load(_ split: DataSet.Split = .train, _ name: String = "set") throws -> DataSet {
        try DataSet.load(directory: folder.path(name), split: split)
    }

    private func image(_ index: Int) -> [UInt8] { Array(images[index * 784..<(index + 1) * 784]) }

    private func png(_ index: Int, width: Int = 28) throws -> [UInt8] {
        var encoder = try PNGEncoder()
        let pixels = Array(image(index).prefix(28 * width))
        return try encoder.encode(GrayImage(width: width, height: pixels.count / width, pixels: pixels))
    }

    /// Writes the digits as arrays of idx or numpy.
    private func writeArrays(_ format: some ArrayFormat, _ imagesName: String, _ labelsName: String) throws {
        folder.write(try format.header(dimensions: [30, 28, 28]) + images, to: imagesName)
        folder.write(try format.header(dimensions: [30]) + labels, to: labelsName)
    }

    /// What each form must give: of each digit every seventh image is for measuring.
    private func expectWhole(at location: SourceLocation = #_sourceLocation) throws {
        let (train, test) = (try load(.train), try load(.test))
        // Three of each digit are too few for one to be kept.
        #expect(test.count == 0 && train.labels == labels && train.images == images, sourceLocation: location)
        let header = try (IDXFormat().header(dimensions: [30, 28, 28]), IDXFormat().header(dimensions: [30]))
        let digest = SHA256.hexDigest(of: header.0 + images + header.1 + labels)
        #expect(train.digest == digest, sourceLocation: location)
    }

    @Test("idx, plain and compressed")
    func idx() throws {
        try writeArrays(IDXFormat(), "set/images-idx3-ubyte", "set/labels-idx1-ubyte")
        try expectWhole()
        for name in ["images-idx3-ubyte", "labels-idx1-ubyte"] {
            folder.write(IDXBytes.gzip(folder.contents("set/\(name)") ?? []), to: "packed/\(name).gz")
        }
        #expect(try load(.train, "packed").digest == load(.train).digest)
        for name in ["images-idx3-ubyte", "labels-idx1-ubyte"] {
            folder.write(folder.contents("packed/\(name).gz") ?? [], to: "set/\(name).gz")
        }
        try expectWhole()
    }

    @Test(
        "npy, named as digitgen names it",
        arguments: [("images.npy", "labels.npy"), ("sevens.npy", "sevens-labels.npy")])
    func npy(images: String, labels: String) throws {
        try writeArrays(NPYFormat(), "set/\(images)", "set/\(labels)")
        try expectWhole()
    }

    @Test("folders of PNGs are read in the order of the pictures' names")
    func pictures() throws {
        for index in 0..<30 {
            folder.write(try png(index), to: "set/\(labels[index])/000000\(10 + index).png")
        }
        folder.write([1], to: "set/3/Thumbs.db")
        try expectWhole()
    }

    @Test("a tar archive of pictures and labels, whichever comes first, and other things between")
    func archive() throws {
        let sink = MemorySink()
        let tar = TarWriter(sink: sink)
        for index in 0..<30 {
            let members = [("png", try png(index)), ("cls", Array("\(labels[index])\n".utf8))]
            for (ending, content) in index % 2 == 0 ? members : members.reversed() {
                try tar.append(name: "\(100 + index).\(ending)", contents: content)
            }
            try tar.append(name: "\(100 + index).json", contents: Array("{}".utf8))
        }
        try tar.finish()
        folder.write(sink.bytes, to: "set/digits.tar")
        try expectWhole()
        // A part of a data set has no end mark.
        folder.write(sink.bytes.dropLast(1024), to: "set/digits.tar")
        try expectWhole()
        // A cut is noticed, wherever it is.
        for size in [1, 511, 513, sink.bytes.count - 1024 - 511, 512 * 3 + 1] {
            folder.write(Array(sink.bytes.prefix(size)), to: "set/digits.tar")
            #expect(throws: DataSetError.self, "\(size)") { _ = try load() }
        }
    }

    @Test("several arrays are one after the other")
    func several() throws {
        for (name, label) in [("b", UInt8(1)), ("a", 2)] {
            folder.write(
                try NPYFormat().header(dimensions: [2, 28, 28]) + images.prefix(1568), to: "set/\(name).npy")
            folder.write(
                try NPYFormat().header(dimensions: [2]) + [label, label], to: "set/\(name)-labels.npy")
        }
        #expect(try load().labels == [2, 2, 1, 1])
    }

    @Test("of a whole, every seventh image of each digit is kept for measuring")
    func division() throws {
        let many = (0..<200).map { UInt8($0 < 150 ? 3 : 8) }
        folder.write(
            try NPYFormat().header(dimensions: [200, 28, 28])
                + (0..<200).flatMap { [UInt8](repeating: UInt8($0), count: 784) }, to: "set/images.npy")
        folder.write(try NPYFormat().header(dimensions: [200]) + many, to: "set/labels.npy")
        let (train, test) = (try load(.train), try load(.test))
        let kept = (0..<200).filter { $0 < 150 ? $0 % 7 == 6 : ($0 - 150) % 7 == 6 }
        #expect(stride(from: 0, to: test.images.count, by: 784).map { Int(test.images[$0]) } == kept)
        #expect(test.labels == kept.map { many[$0] })
        let others = (0..<200).filter { !kept.contains($0) }
        #expect(stride(from: 0, to: train.images.count, by: 784).map { Int(train.images[$0]) } == others)
        #expect(train.classes == [3, 8])
    }

    @Test("folders train and test say themselves what is for what")
    func halves() throws {
        try writeArrays(NPYFormat(), "set/train/images.npy", "set/train/labels.npy")
        try writeArrays(IDXFormat(), "set/test/images-idx3-ubyte", "set/test/labels-idx1-ubyte")
        #expect(try load(.train).count == 30 && load(.test).count == 30)
    }

    @Test("a folder without digits is told what was looked for")
    func nothing() throws {
        folder.write([1], to: "set/readme.txt")
        let error = #expect(throws: DataSetError.noDigits(path: folder.path("set"))) { _ = try load() }
        let text = error?.description ?? ""
        for name in [
            folder.path("set"), "train-images-idx3-ubyte", "labels-idx1-ubyte", "images.npy", "*.tar",
            "folders 0 to 9",
            "train and test",
        ] {
            #expect(text.contains(name), "\(text)")
        }
        #expect(throws: DataSetError.self) { _ = try load(.train, "none") }
    }

    @Test("images without labels, and digits in two forms, are refused by name")
    func unusable() throws {
        folder.write(try NPYFormat().header(dimensions: [30, 28, 28]) + images, to: "set/images.npy")
        #expect(
            throws: DataSetError.unlabelled(images: folder.path("set/images.npy"), labels: "labels.npy")
        ) { _ = try load() }
        folder.write(try NPYFormat().header(dimensions: [30]) + labels, to: "set/labels.npy")
        folder.write([], to: "set/digits.tar")
        #expect(
            throws: DataSetError.severalForms(path: folder.path("set"), names: ["images.npy", "digits.tar"])
        ) { _ = try load() }
        folder.remove("set/digits.tar")
        try writeArrays(IDXFormat(), "set/images-idx3-ubyte", "set/labels-idx1-ubyte")
        #expect(
            throws: DataSetError.severalForms(
                path: folder.path("set"), names: ["images.npy", "images-idx3-ubyte"])
        ) { _ = try load() }
    }

    @Test("an archive with two pictures of a name is refused")
    func twice() throws {
        let sink = MemorySink()
        let tar = TarWriter(sink: sink)
        for _ in 0..<2 { try tar.append(name: "0.png", contents: try png(0)) }
        try tar.append(name: "0.cls", contents: Array("3".utf8))
        try tar.finish()
        folder.write(sink.bytes, to: "set/digits.tar")
        #expect(
            throws: DataSetError.malformed(
                path: folder.path("set/digits.tar"), reason: "0.png is there twice")
        ) { _ = try load() }
    }

    @Test("a picture that is no PNG, is cut, or has another size, is refused with its path")
    func badPictures() throws {
        let good = try png(1)
        for bytes in [
            [], [1, 2, 3], Array(good.prefix(40)), Array(good.dropLast(30)), try png(1, width: 14),
        ] {
            folder.write(bytes, to: "set/7/a.png")
            let error = #expect(throws: DataSetError.self) { _ = try load() }
            #expect(error?.description.hasPrefix(folder.path("set/7/a.png") + ": ") == true)
        }
    }
}
