/// What can go wrong between pixels and a finished file.
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
    /// The system does not give the memory that the work takes.
    case notEnoughMemory(work: String)
    /// The encoder of libpng refused.
    case encoder(String)
    /// A file cannot be made where it was asked for; `reason` is the system's.
    case cannotCreate(path: String, reason: String)
    /// A folder that should be empty is not, or another process fills it; `by` says what is there.
    case folderInUse(path: String, by: String)
    /// A folder cannot be listed, or what stands at a path not be looked at; `reason` is the system's.
    case cannotRead(path: String, reason: String)
    /// Writing or finishing a file failed; `reason` is the system's.
    case cannotWrite(path: String, reason: String)
    /// The reader of our output went away.
    case closedPipe
}

extension ImagingError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .size(let width, let height):
            "a picture of \(width)×\(height) pixels cannot be made: each side must be 1 or more, "
                + "and all pixels together at most \(GrayImage.maximumPixelCount)"
        case .pixelCount(let expected, let found):
            "a buffer of \(found) pixels was given where its sizes ask for \(expected)"
        case .layout(let name, let value, let allowed):
            "\(name) is \(value); it must be from \(allowed.lowerBound) to \(allowed.upperBound)"
        case .pictureTooLarge(let width, let height):
            "the picture would have \(width)×\(height) pixels; at most \(GridLayout.maximumSide) a side and "
                + "\(GrayImage.maximumPixelCount) in all are possible: ask for fewer images, less "
                + "padding, other columns or a smaller scale"
        case .text(let keyword):
            "the PNG text '\(keyword)' cannot be written: a keyword has 1 to 79 characters, all of Latin-1"
        case .unrepresentable(let format, let dimension, let limit):
            "\(format) cannot state a size of \(dimension); its limit is \(limit)"
        case .notEnoughMemory(let work):
            "there is not enough memory for \(work); raise the limit of this process (ulimit -v)"
        case .encoder(let message):
            "the PNG encoder failed: \(message)"
        case .cannotCreate(let path, let reason):
            "cannot create '\(path)': \(reason)"
        case .folderInUse(let path, let by):
            "the folder '\(path)' is in use: \(by); name a new or an empty one"
        case .cannotRead(let path, let reason):
            "cannot read '\(path)': \(reason)"
        case .cannotWrite(let path, let reason):
            "cannot write '\(path)': \(reason)"
        case .closedPipe:
            "the reader of the output has closed it"
        }
    }
}
