import DigitImaging
import Platform

/// A format that holds an array of bytes: a header that states its dimensions, then the values in row-major
/// order.
package protocol ArrayFormat: ImageFormat {
    /// The bytes before the values. Throws `ImagingError.unrepresentable` for a dimension that the format
    /// has no room for.
    func header(dimensions: [Int]) throws(ImagingError) -> [UInt8]

    /// The customary name of a file with an array of `rank` dimensions; `stem` is "images" or "labels".
    func fileName(stem: String, rank: Int) -> String

    /// True if the file states its dimensions, so that labels can be stored in a second file.
    var describesItself: Bool { get }

    /// A sink that encodes everything written into it, header and values, into `sink`.
    func encoded(_ sink: any ByteSink) -> any ByteSink
}

extension ArrayFormat {
    package var isPicture: Bool { false }
    package var describesItself: Bool { true }

    package func encoded(_ sink: any ByteSink) -> any ByteSink { sink }

    package func fileName(stem: String, rank: Int) -> String { "\(stem).\(name)" }

    package func writer(for job: ImageJob, to sink: any ByteSink) throws(ImagingError) -> any ImageWriter {
        let array = try ArrayWriter(
            format: self, dimensions: [job.count, job.size.height, job.size.width], sink: sink)
        return ImageArrayWriter(array: array, size: job.size, invert: job.layout.invert)
    }
}

/// Writes one array of bytes, piece by piece.
package final class ArrayWriter {
    private let sink: any ByteSink
    private let expected: Int
    private var written = 0

    /// Writes the header. Throws `ImagingError.unrepresentable` for dimensions that `format` cannot state.
    package init(format: some ArrayFormat, dimensions: [Int], sink: any ByteSink) throws(ImagingError) {
        var expected = 1
        for dimension in dimensions {
            let (product, overflow) = expected.multipliedReportingOverflow(by: dimension)
            guard dimension >= 0, !overflow else {
                throw .unrepresentable(format: format.name, dimension: dimension, limit: .max)
            }
            expected = product
        }
        self.expected = expected
        self.sink = format.encoded(sink)
        let header = try format.header(dimensions: dimensions)
        try writing { () throws(OutputError) in try self.sink.write(header) }
    }

    /// Throws `ImagingError.pixelCount` when more comes than the dimensions hold.
    package func append(_ values: ArraySlice<UInt8>) throws(ImagingError) {
        guard values.count <= expected - written else {
            throw .pixelCount(expected: expected - written, found: values.count)
        }
        written += values.count
        try writing { () throws(OutputError) in try sink.write(values) }
    }

    /// Throws as `append(_:)` of a slice does.
    package func append(_ values: [UInt8]) throws(ImagingError) { try append(values[...]) }

    /// Throws `ImagingError.pixelCount` when values are missing.
    package func finish() throws(ImagingError) {
        guard written == expected else { throw .pixelCount(expected: expected, found: written) }
        try writing(sink.finish)
    }
}

/// Writes images into an array of shape (count, height, width).
private final class ImageArrayWriter: ImageWriter {
    private let array: ArrayWriter
    private let size: ImageStack.Size
    private let invert: Bool

    init(array: ArrayWriter, size: ImageStack.Size, invert: Bool) {
        self.array = array
        self.size = size
        self.invert = invert
    }

    func append(_ images: ImageStack) throws(ImagingError) {
        guard images.size == size else {
            throw .pixelCount(expected: size.pixelCount, found: images.size.pixelCount)
        }
        try array.append(invert ? images.slice.map { 255 - $0 }[...] : images.slice)
    }

    func finish() throws(ImagingError) {
        try array.finish()
    }
}

/// The pixels and nothing else: image after image, row after row, one byte a pixel.
package struct RawFormat: ArrayFormat {
    package let name = "raw"
    package let describesItself = false

    package init() {}

    package func header(dimensions: [Int]) -> [UInt8] { [] }
}

/// The file names of arrays: images, and labels beside them.
package enum ArrayFileNames {
    /// The labels' path for images at `images`; `rank` is the number of dimensions of the labels.
    ///
    /// A name with "images" in it becomes the same with "labels" (`train-images-idx3-ubyte` →
    /// `train-labels-idx1-ubyte`); another one gets "-labels" before its ending (`sevens.npy` →
    /// `sevens-labels.npy`). An "idx3" becomes "idx" and the rank.
    package static func labels(besideImages images: String, rank: Int) -> String {
        // By its bytes: a combining mark after a slash forms another character with it.
        let start = images.utf8.lastIndex(of: UInt8(ascii: "/")).map(images.utf8.index(after:))
        let folder = images[..<(start ?? images.startIndex)]
        var name = String(images[(start ?? images.startIndex)...])
        if let range = name.ranges(of: "images").last {
            name.replaceSubrange(range, with: "labels")
        } else {
            name.insert(contentsOf: "-labels", at: ending(of: name))
        }
        if let range = name.ranges(of: "idx3").last { name.replaceSubrange(range, with: "idx\(rank)") }
        return folder + name
    }

    /// The start of a file name's ending: its last period, or a final "-idx3-ubyte"; a ".gz" belongs to it.
    private static func ending(of name: String) -> String.Index {
        if name.hasSuffix(".gz"), name.utf8.count > 3 { return ending(of: String(name.dropLast(3))) }
        if name.hasSuffix("-idx3-ubyte") { return name.index(name.endIndex, offsetBy: -11) }
        guard let period = name.lastIndex(of: "."), period != name.startIndex else { return name.endIndex }
        return period
    }
}
