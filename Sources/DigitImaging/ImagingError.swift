import Platform

/// The reason why pixels cannot become a picture or a file.
package enum ImagingError: Error, Equatable, Sendable {
    /// A picture has no pixels, or more than can be held.
    case size(width: Int, height: Int)
    /// A buffer does not hold what its sizes say.
    case pixelCount(expected: Int, found: Int)
    /// A layout value is out of its range.
    case layout(name: String, value: Int, allowed: ClosedRange<Int>)
    /// A grid would exceed what a picture may hold.
    case pictureTooLarge(width: Int, height: Int)
    /// A text cannot be put into a PNG: a keyword has 1 to 79 characters, and all are Latin-1.
    case text(keyword: String)
    /// A format's header cannot state this size.
    case unrepresentable(format: String, dimension: Int, limit: Int)
    /// The file, or the memory for it, is not to be had.
    case output(OutputError)
}

extension ImagingError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .size(let width, let height):
            "invalid picture size \(width)×\(height); a side has at least 1 pixel, a picture at most "
                + "\(GrayImage.maximumPixelCount)"
        case .pixelCount(let expected, let found):
            "expected \(expected) pixels, got \(found)"
        case .layout(let name, let value, let allowed):
            "\(name) must be \(allowed.lowerBound)…\(allowed.upperBound), not \(value)"
        case .pictureTooLarge(let width, let height):
            "the picture would have \(width)×\(height) pixels, more than \(GridLayout.maximumSide) a side or "
                + "\(GrayImage.maximumPixelCount) in all; ask for fewer images, less padding, other columns or a "
                + "smaller scale"
        case .text(let keyword):
            "invalid PNG text '\(keyword)'; a keyword has 1 to 79 characters, all Latin-1"
        case .unrepresentable(let format, let dimension, let limit):
            "\(format) has no room for a size of \(dimension); the limit is \(limit)"
        case .output(let error):
            error.description
        }
    }
}

/// Performs a part of the work that writes, and turns its errors into this module's.
package func writing<Result>(_ body: () throws(OutputError) -> Result) throws(ImagingError) -> Result {
    do { return try body() } catch { throw .output(error) }
}

extension ImagingError: ProgramError {
    package var exitStatus: ExitStatus {
        switch self {
        case .layout, .pictureTooLarge, .unrepresentable: .usage
        case .size, .pixelCount, .text: .software
        case .output(let error): error.exitStatus
        }
    }
}
