import ArgumentParser
import DigitImaging

/// The value of `--format`.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case png, idx, npy, pgm, raw

    var format: any ImageFormat {
        switch self {
        case .png: PNGFormat()
        case .idx: IDXFormat()
        case .npy: NPYFormat()
        case .pgm: PGMFormat()
        case .raw: RawFormat()
        }
    }
}
