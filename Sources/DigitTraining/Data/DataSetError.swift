import DigitModel

/// Why labelled images could not be read.
package enum DataSetError: Error, Equatable, Sendable {
    /// Neither the file nor its `.gz` is there.
    case missingFile(path: String)
    /// A folder that has nothing of what `DataFolder` looks for.
    case noDigits(path: String)
    /// Images without their labels beside them.
    case unlabelled(images: String, labels: String)
    /// A folder with digits in more than one form; `names` has one of each.
    case severalForms(path: String, names: [String])
    /// A file of another kind than IDX that is not what it should be.
    case malformed(path: String, reason: String)
    case unreadable(SystemError)
    /// - Parameter offset: Byte of the compressed file where decompression stopped.
    case corruptGzip(path: String, offset: Int, reason: String)
    /// A compressed file that unpacks to more than `limit` bytes.
    case tooLarge(path: String, limit: Int)
    /// The first four bytes, as a big-endian number.
    case wrongMagic(path: String, found: UInt32, expected: UInt32)
    /// Height and width in the header (bytes 8 to 15) are not 28.
    case wrongImageSize(path: String, height: UInt32, width: UInt32)
    /// - Parameter size: Bytes that are there, where the header asks for `expected`.
    case truncated(path: String, size: Int, expected: Int)
    /// - Parameter expected: Bytes that the header asks for; the data goes on there, up to `size`.
    case trailingData(path: String, size: Int, expected: Int)
    case empty(path: String)
    case labelOutOfRange(path: String, offset: Int, label: UInt8)
    case differentCounts(images: String, imageCount: Int, labels: String, labelCount: Int)
}

extension DataSetError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missingFile(let path):
            path.hasSuffix(".gz")
                ? "\(path): no such file" : "\(path): neither this file nor \(path).gz exists"
        case .noDigits(let path):
            "\(path): no labelled digits here; looked for MNIST's train-images-idx3-ubyte, for folders train and test, "
                + "for images-idx3-ubyte with labels-idx1-ubyte (all of them plain or .gz), for images.npy with "
                + "labels.npy or NAME.npy with NAME-labels.npy, for *.tar, and for folders 0 to 9 of PNGs; "
                + "tools/fetch-mnist DIR downloads MNIST, digitgen dataset makes digits"
        case .unlabelled(let images, let labels):
            "\(images): these images have no labels; looked for \(labels) beside them"
        case .severalForms(let path, let names):
            "\(path): digits in more than one form (\(names.joined(separator: ", "))); keep one of them in a folder"
        case .malformed(let path, let reason):
            "\(path): \(reason)"
        case .unreadable(let error):
            error.description
        case .corruptGzip(let path, let offset, let reason):
            "\(path): broken gzip data at byte \(offset): \(reason)"
        case .tooLarge(let path, let limit):
            "\(path): unpacks to more than the limit of \(limit) bytes"
        case .wrongMagic(let path, let found, let expected):
            "\(path): \(DataSetError.kind(found))bytes 0 to 3 are \(hexadecimal(found)), an IDX file of "
                + "\(expected == IDXReader.imageMagic ? "images" : "labels") starts with \(hexadecimal(expected))"
        case .wrongImageSize(let path, let height, let width):
            "\(path): bytes 8 to 15 announce images of \(height) × \(width) pixels instead of 28 × 28"
        case .truncated(let path, let size, let expected):
            "\(path): ends at byte \(size), its header asks for \(expected) bytes"
        case .trailingData(let path, let size, let expected):
            "\(path): goes on after byte \(expected), where its header says it ends, up to byte \(size)"
        case .empty(let path):
            "\(path): bytes 4 to 7 announce no entries"
        case .labelOutOfRange(let path, let offset, let label):
            "\(path): the label at byte \(offset) is \(label), not a digit from 0 to 9"
        case .differentCounts(let images, let imageCount, let labels, let labelCount):
            "\(images) has \(imageCount) images, \(labels) has \(labelCount) labels"
        }
    }

    /// The kind of a file that begins with these four bytes, where it is known.
    private static func kind(_ magic: UInt32) -> String {
        let start = (0..<4).map { UInt8(truncatingIfNeeded: magic >> (24 - 8 * $0)) }
        return FileKind(of: start).map { "it is \($0.name); " } ?? ""
    }

    private func hexadecimal(_ magic: UInt32) -> String {
        let digits = String(magic, radix: 16)
        return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
    }
}
