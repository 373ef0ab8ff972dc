import ArgumentParser
import DigitDataSets
import DigitImaging

/// The value of `--format`.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case png, svg, idx, npy, pgm, raw

    /// The images become one picture instead of an array.
    var isPicture: Bool { pixels?.isPicture ?? true }

    /// The format's way to store pixels; nil for SVG, which stores outlines.
    var pixels: (any ImageFormat)? {
        switch self {
        case .png: PNGFormat()
        case .svg: nil
        case .idx: IDXFormat()
        case .npy: NPYFormat()
        case .pgm: PGMFormat()
        case .raw: RawFormat()
        }
    }
}

/// The format of a file, by `--format` or the file name's extension.
struct FileFormat: Equatable {
    let name: OutputFormat
    /// True for compression with gzip, which only idx allows.
    let isGzipped: Bool

    /// PNG.
    static let standard = FileFormat(name: .png, isGzipped: false)

    private init(name: OutputFormat, isGzipped: Bool) {
        self.name = name
        self.isGzipped = isGzipped
    }

    /// The format by `explicit`, the value of `--format`, and the name of the file at `path`; either may be nil. Throws
    /// `ValidationError` if they contradict each other, or if the extension is that of an unsupported format.
    init(explicit: OutputFormat?, path: String?) throws {
        let suffix = path.map(FileSuffix.init(path:))
        guard case .foreign(let ending) = suffix else {
            guard case .format(let name, let isGzipped) = suffix else {
                self.init(name: explicit ?? .png, isGzipped: false)
                return
            }
            guard explicit == nil || explicit == name else {
                throw ValidationError(
                    "--format \(explicit?.rawValue ?? "") contradicts the file name '\(path ?? "")'; "
                        + "omit --format or choose another name")
            }
            self.init(name: name, isGzipped: isGzipped)
            return
        }
        throw ValidationError(
            "'\(path ?? "")': unsupported format .\(ending); "
                + "expected one of .png, .svg, .pgm, .idx, .idx.gz, .npy, .raw"
                + (ending.hasPrefix("tar") ? "; 'digitgen dataset --format tar' makes archives" : ""))
    }

    /// As `OutputFormat.pixels`.
    var pixels: (any ImageFormat)? {
        isGzipped ? GzippedFormat(IDXFormat()) : name.pixels
    }
}

/// The format of a file name's extension, in upper or lower case.
enum FileSuffix: Equatable {
    case format(OutputFormat, isGzipped: Bool)
    /// The extension of an unsupported format.
    case foreign(String)
    /// No extension, or an unknown one.
    case unknown

    /// The extension of the last component of `path`.
    init(path: String) {
        let name = path.lowercased().split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        guard name.hasSuffix(".gz"), name.utf8.count > 3 else {
            self.init(plainName: name)
            return
        }
        switch FileSuffix(plainName: name.dropLast(3)) {
        case .format(.idx, _), .unknown: self = .format(.idx, isGzipped: true)
        case .format(let format, _): self = .foreign("\(format.rawValue).gz")
        case .foreign(let ending): self = .foreign("\(ending).gz")
        }
    }

    private init(plainName name: Substring) {
        // The names of MNIST's files, with a hyphen or a period.
        if name.contains(/(^|[-._])idx[0-9]-ubyte$/) {
            self = .format(.idx, isGzipped: false)
            return
        }
        // A period at the beginning hides a file.
        guard let period = name.lastIndex(of: "."), period != name.startIndex else {
            self = .unknown
            return
        }
        let ending = String(name[name.index(after: period)...])
        if let format = Self.endings[ending] {
            self = .format(format, isGzipped: false)
        } else {
            self = Self.foreign.contains(ending) ? .foreign(ending) : .unknown
        }
    }

    private static let endings: [String: OutputFormat] = [
        "png": .png, "svg": .svg, "pgm": .pgm, "pnm": .pgm, "idx": .idx, "npy": .npy, "raw": .raw,
        "bin": .raw,
    ]

    /// Well-known extensions of other formats: pictures, arrays and tables, documents, films, archives.
    private static let foreign: Set<String> = [
        "apng", "avif", "bmp", "dds", "emf", "eps", "exr", "gif", "hdr", "heic", "heif", "ico", "j2k", "jfif",
        "jif", "jp2", "jpe", "jpeg", "jpg", "jxl", "pam", "pbm", "pcx", "ppm", "psd", "qoi", "sgi", "svgz",
        "tga", "tif", "tiff", "webp", "xbm", "xcf", "xpm",
        "arrow", "avro", "csv", "feather", "h5", "hdf5", "json", "jsonl", "lmdb", "mat", "npz", "onnx",
        "parquet",
        "pickle", "pkl", "pt", "pth", "safetensors", "tfrecord", "tfrecords", "tsv", "xls", "xlsx", "zarr",
        "doc", "docx", "htm", "html", "md", "pdf", "ps", "tex", "txt", "xml",
        "avi", "gifv", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "webm",
        "7z", "bz2", "lz4", "rar", "tar", "tbz", "tgz", "txz", "xz", "zip", "zst",
    ]
}
