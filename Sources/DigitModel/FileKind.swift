/// A kind of file that may be mistaken for a bundle, recognized by its first bytes.
package enum FileKind: Equatable, Sendable, CaseIterable {
    case gzip, bzip2, xz, zstd, zip, png, jpeg, numpy, idx, hdf5, gguf, safetensors, gitPointer, html

    /// The number of bytes that tell the kinds apart.
    package static let prefixLength = 16

    /// The kind of the file that begins with `start`; nil for an unknown one.
    package init?(of start: some Collection<UInt8>) {
        let start = Array(start.prefix(Self.prefixLength))
        guard let kind = Self.allCases.first(where: { $0.begins(start) }) else { return nil }
        self = kind
    }

    /// The kind with its article.
    package var name: String {
        switch self {
        case .gzip: "a gzip file"
        case .bzip2: "a bzip2 file"
        case .xz: "an xz file"
        case .zstd: "a zstd file"
        case .zip: "a zip file"
        case .png: "a PNG picture"
        case .jpeg: "a JPEG picture"
        case .numpy: "a NumPy array"
        case .idx: "an IDX file"
        case .hdf5: "an HDF5 file"
        case .gguf: "a GGUF file"
        case .safetensors: "a safetensors file that is not compressed with zstd"
        case .gitPointer: "a Git LFS pointer"
        case .html: "an HTML page"
        }
    }

    /// How to turn the file into a bundle; nil where there is no way.
    package var remedy: String? {
        switch self {
        case .gzip: "unpack it with gunzip"
        case .bzip2: "unpack it with bunzip2"
        case .xz: "unpack it with unxz"
        case .zip: "unpack it with unzip"
        case .gitPointer: "get the file itself with git lfs pull"
        default: nil
        }
    }

    /// True if `start`, the first bytes of a file, are of this kind.
    private func begins(_ start: [UInt8]) -> Bool {
        switch self {
        case .gzip: start.starts(with: [0x1F, 0x8B])
        case .bzip2: start.starts(with: "BZh".utf8)
        case .xz: start.starts(with: [0xFD] + Array("7zXZ".utf8))
        case .zstd: start.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
        case .zip: start.starts(with: Array("PK".utf8) + [3, 4])
        case .png: start.starts(with: [0x89] + Array("PNG".utf8))
        case .jpeg: start.starts(with: [0xFF, 0xD8, 0xFF])
        case .numpy: start.starts(with: [0x93] + Array("NUMPY".utf8))
        case .idx: start.starts(with: [0, 0, 8, 1]) || start.starts(with: [0, 0, 8, 3])
        case .hdf5: start.starts(with: [0x89] + Array("HDF".utf8))
        case .gguf: start.starts(with: "GGUF".utf8)
        // The length of the header, below 16 MiB, and the header's first character.
        case .safetensors:
            start.count > 8 && start[3..<8] == [0, 0, 0, 0, 0] && start[8] == UInt8(ascii: "{")
        case .gitPointer: start.starts(with: "version https://".utf8)
        case .html: start.starts(with: "<!DOCTYPE".utf8) || start.starts(with: "<html".utf8)
        }
    }
}
