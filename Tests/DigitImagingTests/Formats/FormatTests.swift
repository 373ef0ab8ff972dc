import CZlib
import DigitDataSets
import DigitImaging
import TestSupport
import Testing

@Suite("Formats")
struct FormatTests {
    private static let formats: [any ImageFormat] = [
        PNGFormat(), IDXFormat(), NPYFormat(), PGMFormat(), RawFormat(),
    ]

    @Test("gzip: the same bytes however they arrive, and more than a block of them", arguments: [0, 1, 1337])
    func gzip(count: Int) throws {
        var random = SeededRandom(seed: 22)
        let pixels = (0..<count * 784).map { _ in UInt8.random(in: 0...255, using: &random) & 0x81 }
        func compressed(piece: Int) throws -> [UInt8] {
            let sink = MemorySink()
            let array = try ArrayWriter(
                format: GzippedFormat(IDXFormat()), dimensions: [pixels.count], sink: sink)
            for start in stride(from: 0, to: pixels.count, by: piece) {
                try array.append(Array(pixels[start..<min(start + piece, pixels.count)]))
            }
            try array.finish()
            #expect(sink.isFinished)
            return sink.bytes
        }
        let whole = try compressed(piece: 1 << 21)
        #expect(try compressed(piece: 1000) == whole)
        #expect(whole.prefix(10) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255])
        let expected = try IDXFormat().header(dimensions: [pixels.count]) + pixels
        #expect(unpacked(whole, count: expected.count + 1) == expected)
    }

    /// What zlib finds in a gzip file, at most `count` bytes; nothing unless it is one member and whole.
    private func unpacked(_ file: [UInt8], count: Int) -> [UInt8] {
        var stream = z_stream()
        inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        defer { inflateEnd(&stream) }
        return file.withUnsafeBufferPointer { source in
            [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
                stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(count)
                let isWhole = inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0
                initialized = isWhole ? count - Int(stream.avail_out) : 0
            }
        }
    }

    @Test(
        "every format gives the same bytes however the images arrive",
        arguments: ["png", "idx", "npy", "pgm", "raw"])
    func piecesDoNotMatter(name: String) throws {
        let format = try #require(Self.formats.first { $0.name == name })
        var random = SeededRandom(seed: 21)
        let stack = try randomStack(count: 11, width: 5, height: 3, using: &random)
        let layout = try GridLayout(columns: 4, invert: true)
        let whole = try file(format, of: stack, layout: layout, piece: 11)
        for piece in [1, 2, 7] {
            #expect(try file(format, of: stack, layout: layout, piece: piece) == whole)
        }
    }

    @Test("IDX: magic number, big-endian dimensions, pixels")
    func idx() throws {
        let stack = try ImageStack(size: .init(width: 3, height: 2), pixels: Array(1...12))
        let header: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3]
        #expect(try file(IDXFormat(), of: stack, layout: GridLayout()) == header + Array(1...12))
        #expect(try IDXFormat().header(dimensions: [60_000]) == [0, 0, 8, 1, 0, 0, 0xEA, 0x60])
        #expect(throws: ImagingError.self) { try IDXFormat().header(dimensions: [1 << 32]) }
    }

    @Test("NPY: a header of 64 bytes' multiple that states type, order and shape")
    func npy() throws {
        let stack = try ImageStack(size: .init(width: 3, height: 2), pixels: Array(1...12))
        let bytes = try file(NPYFormat(), of: stack, layout: GridLayout())
        #expect(bytes.count == 128 + 12)
        #expect(Array(bytes.prefix(10)) == [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 118, 0])
        let text = String(decoding: bytes[10..<128], as: UTF8.self)
        #expect(text.hasPrefix("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2, 3), }  "))
        #expect(text.last == "\n")
        #expect(Array(bytes.suffix(12)) == Array(1...12))
        let labels = try NPYFormat().header(dimensions: [7])
        #expect(String(decoding: labels, as: UTF8.self).contains("'shape': (7,), }"))
    }

    @Test("PGM: P5, sizes, 255, the grid's pixels")
    func pgm() throws {
        let stack = try ImageStack(size: .init(width: 2, height: 1), pixels: [1, 2, 3, 4])
        let bytes = try file(PGMFormat(), of: stack, layout: GridLayout(columns: 2))
        #expect(bytes == Array("P5\n4 1\n255\n".utf8) + [1, 2, 3, 4])
    }

    @Test("raw: pixels alone, inverted when asked")
    func raw() throws {
        let stack = try ImageStack(size: .init(width: 2, height: 1), pixels: [0, 2, 255, 4])
        #expect(try file(RawFormat(), of: stack, layout: GridLayout()) == [0, 2, 255, 4])
        #expect(try file(RawFormat(), of: stack, layout: GridLayout(invert: true)) == [255, 253, 0, 251])
    }

    @Test("missing and surplus images are refused", arguments: ["png", "idx", "npy", "pgm", "raw"])
    func counts(name: String) throws {
        let format = try #require(Self.formats.first { $0.name == name })
        let size = try ImageStack.Size(width: 2, height: 2)
        let job = try ImageJob(count: 2, size: size, layout: GridLayout())
        let one = try ImageStack(size: size, pixels: [1, 2, 3, 4])
        let sink = MemorySink()
        let writer = try format.writer(for: job, to: sink)
        try writer.append(one)
        #expect(throws: ImagingError.self) { try writer.finish() }
        try writer.append(one)
        #expect(throws: ImagingError.self) { try writer.append(one) }
        #expect(throws: ImagingError.self) {
            try writer.append(ImageStack(size: .init(width: 4, height: 1), pixels: [1, 2, 3, 4]))
        }
        #expect(!sink.isFinished)
    }

    @Test("tar: ustar members padded to blocks, checksum right, no time stamps")
    func tar() throws {
        let sink = MemorySink()
        let writer = TarWriter(sink: sink)
        try writer.append(name: "00000007.cls", contents: Array("7".utf8))
        try writer.append(name: "empty", contents: [])
        try writer.finish()
        #expect(sink.bytes.count == 512 * (2 + 1 + 2))
        let header = Array(sink.bytes.prefix(512))
        #expect(String(decoding: header[0..<12], as: UTF8.self) == "00000007.cls")
        #expect(String(decoding: header[124..<135], as: UTF8.self) == "00000000001")
        #expect(String(decoding: header[136..<147], as: UTF8.self) == "00000000000")
        #expect(String(decoding: header[257..<262], as: UTF8.self) == "ustar")
        let sum = header.indices.reduce(0) { $0 + ((148..<156).contains($1) ? 32 : Int(header[$1])) }
        #expect(Int(String(decoding: header[148..<154], as: UTF8.self), radix: 8) == sum)
        #expect(sink.bytes[512] == UInt8(ascii: "7"))
        #expect(sink.bytes.suffix(1024).allSatisfy { $0 == 0 })
    }

    @Test("tar refuses names that its header cannot hold")
    func tarNames() throws {
        let writer = TarWriter(sink: MemorySink())
        for name in ["", String(repeating: "a", count: 101), "ä", "a\u{0}b"] {
            #expect(throws: ImagingError.self) { try writer.append(name: name, contents: []) }
        }
        try writer.append(name: String(repeating: "a", count: 100), contents: [])
    }
}
