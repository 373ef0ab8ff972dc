@testable import DigitModel

/// Errors in the zstd frame.
enum MalformedFrames {
    private static let good = Sample.compressed
    private static let limit = 64 << 20
    /// Bytes of the sample in a frame of one raw block.
    private static let rawSize = 9 + 3 + Sample.file.count + 4

    static let all: [Malformed] = headers + blocks + ends

    /// The sample in a frame of raw blocks, changed.
    private static func frame(_ change: (inout Frame) -> Void) -> [UInt8] {
        var frame = Frame(content: Sample.file)
        change(&frame)
        return frame.bytes
    }

    private static let headers: [Malformed] = [
        Malformed("nothing at all", compressed: [], .truncated(bytes: 0, needed: 5)),
        Malformed("half a magic number", compressed: [0x28, 0xB5], .truncated(bytes: 2, needed: 5)),
        Malformed("a magic number alone", compressed: Frame.magic, .truncated(bytes: 4, needed: 5)),
        Malformed("a text file", compressed: Array("Hello, world\n".utf8), .notZstd),
        Malformed("three bytes of text", compressed: Array("Hi\n".utf8), .notZstd),
        Malformed("gzip", compressed: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3], .otherKind(.gzip)),
        Malformed("safetensors without compression", compressed: Sample.file, .otherKind(.safetensors)),
        Malformed("a PNG", compressed: [0x89] + Array("PNG\r\n".utf8), .otherKind(.png)),
        Malformed("a ZIP file, as of PyTorch", compressed: Array("PK".utf8) + [3, 4, 20], .otherKind(.zip)),
        Malformed(
            "a magic number of zstd 0.7", compressed: frame { $0.magic[0] = 0x27 }, .notZstd),
        Malformed(
            "a skippable frame before the frame",
            compressed: [0x5F, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 1, 2] + good, .skippableFrame(offset: 0)),
        Malformed(
            "a reserved bit", compressed: frame { $0.descriptor |= 8 }, .reservedBits(descriptor: 0xAC)),
        Malformed(
            "an unused bit", compressed: frame { $0.descriptor |= 16 }, .reservedBits(descriptor: 0xB4)),
        Malformed(
            "a header that ends in the content size", compressed: Array(frame { _ in }[..<7]),
            .truncated(bytes: 7, needed: 9)),
        Malformed(
            "a dictionary of one byte",
            compressed: frame {
                $0.descriptor |= 1
                $0.dictionary = [9]
            }, .dictionary(id: 9)),
        Malformed(
            "a dictionary of two bytes",
            compressed: frame {
                $0.descriptor |= 2
                $0.dictionary = [1, 2]
            }, .dictionary(id: 0x201)),
        Malformed(
            "a dictionary of four bytes",
            compressed: frame {
                $0.descriptor |= 3
                $0.dictionary = [1, 2, 3, 4]
            }, .dictionary(id: 0x0403_0201)),
        Malformed(
            "no content size",
            compressed: frame {
                $0.descriptor = 0b0000_0100
                $0.window = [0x50]
                $0.contentSize = []
            }, .noContentSize),
        Malformed(
            "no checksum",
            compressed: frame {
                $0.descriptor &= ~4
                $0.checksum = []
            }, .noChecksum),
        Malformed(
            "a window of 128 MiB",
            compressed: frame {
                $0.descriptor &= ~32
                $0.window = [17 << 3]
            }, .windowTooLarge(bytes: 1 << 27, limit: limit)),
        Malformed(
            "the largest window there is",
            compressed: frame {
                $0.descriptor &= ~32
                $0.window = [0xFF]
            }, .windowTooLarge(bytes: 15 << 38, limit: limit)),
    ]

    private static let blocks: [Malformed] = [
        Malformed(
            "64 MiB and one byte",
            compressed: frame { $0.contentSize = Frame.littleEndian(limit + 1, bytes: 4) },
            .decompressedTooLarge(bytes: UInt64(limit) + 1, limit: limit)),
        Malformed(
            "a content size of 2^64 - 1",
            compressed: frame {
                $0.descriptor |= 0b1100_0000
                $0.contentSize = [UInt8](repeating: 0xFF, count: 8)
            }, .decompressedTooLarge(bytes: .max, limit: limit)),
        Malformed(
            "a content size one too small",
            compressed: frame { $0.contentSize = Frame.littleEndian(Sample.file.count - 1, bytes: 4) },
            .corrupt(reason: "Destination buffer is too small")),
        Malformed(
            "a content size one too large",
            compressed: frame { $0.contentSize = Frame.littleEndian(Sample.file.count + 1, bytes: 4) },
            .corrupt(reason: "Data corruption detected")),
        Malformed(
            "a header and nothing after it", compressed: frame { ($0.blocks, $0.checksum) = ([], []) },
            .truncated(bytes: 9, needed: 12)),
        Malformed(
            "a block of the reserved type", compressed: frame { $0.blocks[0] |= 6 },
            .corrupt(reason: "Data corruption detected")),
        Malformed(
            "a block that is longer than the file",
            compressed: frame { $0.blocks.replaceSubrange(..<3, with: [0xF9, 0xFF, 0xFF]) },
            .truncated(bytes: rawSize, needed: 9 + 3 + 0x1F_FFFF + 4)),
        Malformed(
            "no last block",
            compressed: frame {
                $0.blocks[0] &= ~1
                $0.checksum = []
            }, .truncated(bytes: rawSize - 4, needed: rawSize - 4 + 3)),
        Malformed(
            "a bomb: runs of 128 KiB beyond the content size",
            compressed: frame {
                $0.contentSize = Frame.littleEndian(limit, bytes: 4)
                let run = Frame.littleEndian(1 << 20 | 2, bytes: 3) + [0]
                $0.blocks = (0..<1024).flatMap { _ in run } + [1, 0, 0]
            }, .corrupt(reason: "Destination buffer is too small")),
    ]

    private static let ends: [Malformed] = [
        Malformed(
            "no checksum where one is announced", compressed: frame { $0.checksum = [] },
            .truncated(bytes: rawSize - 4, needed: rawSize)),
        Malformed(
            "a wrong checksum", compressed: frame { $0.checksum[0] ^= 1 },
            .corrupt(reason: "Restored data doesn't match checksum")),
        Malformed(
            "a wrong seal",
            compressed: frame {
                let content = Sample.file.dropLast(FrameSeal.byteCount)
                let header = Frame.littleEndian(content.count << 3, bytes: 3)
                $0.blocks = header + content + FrameSeal.block([UInt8](repeating: 0, count: 32))
            }, .corrupt(reason: "SHA-256 mismatch")),
        Malformed(
            "changed content", compressed: frame { $0.blocks[100] ^= 1 },
            .corrupt(reason: "Restored data doesn't match checksum")),
        Malformed(
            "a byte too few", compressed: Array(good.dropLast()),
            .truncated(bytes: good.count - 1, needed: good.count)),
        Malformed("a byte too many", compressed: good + [0], .trailingBytes(offset: good.count, count: 1)),
        Malformed(
            "a newline and more", compressed: good + Array("\nmore".utf8),
            .trailingBytes(offset: good.count, count: 5)),
        Malformed("the frame twice", compressed: good + good, .secondFrame(offset: good.count)),
        Malformed(
            "an empty second frame", compressed: good + Frame.magic + [0x20, 0, 1, 0, 0],
            .secondFrame(offset: good.count)),
        Malformed(
            "a skippable frame after the frame",
            compressed: good + [0x50, 0x2A, 0x4D, 0x18, 0, 0, 0, 0], .skippableFrame(offset: good.count)),
    ]
}
