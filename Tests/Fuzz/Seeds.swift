import DigitDataSets
import DigitImaging
import TestSupport

@testable import DigitModel
@testable import DigitTraining

extension FuzzTarget {
    /// Valid and nearly valid inputs, from which the fuzzer starts.
    var seeds: [[UInt8]] {
        switch self {
        case .bundle: bundles
        case .safetensors: bundles.compactMap(Self.content)
        case .request: Self.requests.map { Array($0.utf8) }
        case .session:
            Self.requests.map { Array(($0 + "\n").utf8) } + [
                Array(Self.requests.joined(separator: "\n").utf8), Array("\u{FEFF}".utf8),
                Array("\u{FEFF}\n7".utf8),
            ]
        case .idx:
            [
                [0, 0, 8, 1, 0, 0, 0, 3, 7, 0, 9],
                [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28] + [UInt8](repeating: 9, count: 784),
                // An empty gzip member.
                [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            ]
        case .npy: Self.arrays
        case .npz: Self.archivedArrays
        case .tar: Self.archives
        case .checkpoint: Self.sections
        case .json: (Self.requests + Self.values).map { Array($0.utf8) }
        case .png:
            [
                [27, 0, 0, 0] + [UInt8](repeating: 0, count: 700) + (0...83),
                [27, 0, 1, 90] + (0..<784).map { UInt8(truncatingIfNeeded: $0 * $0 / 30) },
                [255, 127, 0, 255] + (0..<999).map { UInt8(truncatingIfNeeded: $0 * 37) },
            ]
        }
    }

    private static var arrays: [[UInt8]] {
        [[1, 28, 28], [3]].compactMap { dimensions in
            let header = try? NPYFormat().header(dimensions: dimensions)
            return header.map { $0 + [UInt8](repeating: 7, count: dimensions.reduce(1, *)) }
        }
    }

    private static var archivedArrays: [[UInt8]] {
        [false, true].compactMap { deflates in
            let sink = MemorySink()
            let archive = ZipWriter(sink: sink, deflates: deflates)
            for (name, array) in zip(["x_train.npy", "y_train.npy"], arrays) {
                guard (try? archive.begin(name)) != nil, (try? archive.write(array[...])) != nil,
                    (try? archive.end()) != nil
                else { return nil }
            }
            return (try? archive.finish()) == nil ? nil : sink.bytes
        }
    }

    private static var archives: [[UInt8]] {
        let sink = MemorySink()
        let tar = TarWriter(sink: sink)
        guard var encoder = try? PNGEncoder(),
            let image = try? GrayImage(width: 28, height: 28, pixels: [UInt8](repeating: 7, count: 784)),
            let png = try? encoder.encode(image), (try? tar.append(name: "1.png", contents: png)) != nil,
            (try? tar.append(name: "1.cls", contents: [UInt8(ascii: "7")])) != nil, (try? tar.finish()) != nil
        else { return [] }
        return [sink.bytes]
    }

    /// An integer, two numbers and bytes; the state of a random source.
    private static let sections: [[UInt8]] = [
        [2, 1, 8, 0, 0, 0, 0, 0, 0, 0, 0x65, 9, 0, 0, 0, 0, 0, 0, 0]
            + [1, 1, 8, 0, 0, 0, 0, 0, 0, 0, 0x77, 0, 0, 128, 63, 0, 0, 0, 192]
            + [3, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0x6E, 1, 2],
        (0..<4 as Range<UInt8>).flatMap { word in
            [2, 3, 8, 0, 0, 0, 0, 0, 0, 0, 0x72, 0x2E, 0x30 + word, word, 0, 0, 0, 0, 0, 0, 0]
        },
    ]

    private var bundles: [[UInt8]] {
        [true, false].compactMap { try? SampleBundle.encoded(isConditional: $0) }
    }

    /// The safetensors file in a bundle.
    private static func content(_ bundle: [UInt8]) -> [UInt8]? {
        guard let frame = try? ZstdFrame(checking: bundle.span) else { return nil }
        return try? frame.decompress(bundle.span)
    }

    private static let requests = [
        "7", "\"90210\"", "{\"digits\":\"7\",\"count\":2,\"seed\":1}", "{\"op\":\"hello\"}",
        "{\"op\":\"ping\",\"id\":[1]}",
        "{\"id\":null,\"digits\":12,\"format\":\"raw\",\"layout\":\"each\",\"model\":\"sample\",\"first\":3}",
        "{\"digits\":\"7\",\"size\":40,\"finish\":\"ink\"}",
        "{\"digits\":\"\\u0037\"}", "[]", "", "{\"digits\":\"7\",\"digits\":\"8\"}", "\u{FEFF}7", "nul",
    ]

    private static let values = [
        "[1,-0,1e5,1.5E-300,123456789012345678901234567890]",
        "{\"a\":{\"b\":[[[]]]},\"\\uD83D\\uDE00\":true}",
        "\"\\ud800\"", "[true,false,null]", "  \t\r\n 1 ",
    ]
}
