import DigitModel
import Platform

/// The reason why labelled images cannot be read.
package enum DataSetError: Error, Equatable, Sendable {
    /// Neither the file nor its `.gz` is there.
    case missingFile(path: String)
    /// A folder that has nothing of what `DataFolder` looks for.
    case noDigits(path: String)
    /// Images without their labels beside them.
    case unlabelled(images: String, labels: String)
    /// A folder with digits in more than one form; `names` has one of each.
    case severalForms(path: String, names: [String])
    /// A file of another format than IDX that breaks its rules.
    case malformed(path: String, reason: String)
    case unreadable(SystemError)
    /// - Parameter offset: Byte of the compressed file where decompression stopped.
    case corruptGzip(path: String, offset: Int, reason: String)
    /// A file that has, or unpacks to, more than `limit` bytes.
    case tooLarge(path: String, limit: Int)
    /// The first four bytes, as a big-endian number.
    case wrongMagic(path: String, found: UInt32, kind: FileKind?, expected: UInt32)
    /// The header declares another height or width than MNIST's.
    case wrongImageSize(path: String, height: UInt32, width: UInt32)
    /// - Parameter size: The number of bytes, where the header declares `expected`.
    case truncated(path: String, size: Int, expected: Int)
    /// - Parameter expected: The number of bytes that the header declares, of `size`.
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
            "\(path): no labelled digits; looked for MNIST's train-images-idx3-ubyte, here or in MNIST/raw, for mnist.npz, "
                + "for folders train and test, "
                + "for images-idx3-ubyte with labels-idx1-ubyte (all of them plain or .gz), for images.npy with "
                + "labels.npy or NAME.npy with NAME-labels.npy, for *.tar, and for folders 0 to 9 of PNGs; "
                + "tools/fetch-mnist DIR downloads MNIST, digitgen dataset makes digits"
        case .unlabelled(let images, let labels):
            "\(images): no labels for these images; expected \(labels) beside them"
        case .severalForms(let path, let names):
            "\(path): digits in more than one format (\(names.joined(separator: ", "))); keep one per folder"
        case .malformed(let path, let reason):
            "\(path): \(reason)"
        case .unreadable(let error):
            error.description
        case .corruptGzip(let path, let offset, let reason):
            "\(path): corrupt gzip data at byte \(offset): \(reason)"
        case .tooLarge(let path, let limit):
            "\(path): more than the limit of \(limit) bytes"
        case .wrongMagic(let path, let found, let kind, let expected):
            "\(path): \(kind.map { "it is \($0.name); " } ?? "")the first four bytes are \(hexadecimal(found)); an IDX file of "
                + "\(expected == IDXFormat.imageMagic ? "images" : "labels") starts with \(hexadecimal(expected))"
        case .wrongImageSize(let path, let height, let width):
            "\(path): the header declares images of \(width)×\(height) pixels; expected "
                + "\(ImageSize.mnist.width)×\(ImageSize.mnist.height)"
        case .truncated(let path, let size, let expected):
            "\(path): truncated at byte \(size); the header declares \(expected) bytes"
        case .trailingData(let path, let size, let expected):
            "\(path): trailing data after byte \(expected); the file has \(size) bytes"
        case .empty(let path):
            "\(path): the header declares zero items"
        case .labelOutOfRange(let path, let offset, let label):
            "\(path): the label at byte \(offset) is \(label), not a digit from 0 to 9"
        case .differentCounts(let images, let imageCount, let labels, let labelCount):
            "\(images) has \(imageCount) images, \(labels) has \(labelCount) labels"
        }
    }

    private func hexadecimal(_ magic: UInt32) -> String {
        let digits = String(magic, radix: 16)
        return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
    }
}

extension DataSetError: ProgramError {
    package var exitStatus: ExitStatus {
        switch self {
        case .missingFile, .noDigits, .unlabelled: .noInput
        case .unreadable(let error): error.exitStatus
        default: .badData
        }
    }
}
