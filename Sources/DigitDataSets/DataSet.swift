import DigitImaging
import DigitModel
import Platform

/// Labelled images of digits.
package struct DataSet: Sendable {
    /// A part of the data: for training, or for testing.
    package enum Split: String, Sendable, CaseIterable {
        case train
        case test

        /// The beginning of the names of MNIST's files.
        var filePrefix: String { self == .train ? "train" : "t10k" }
    }

    /// Images of MNIST's size, row by row, 0 background.
    package let images: [UInt8]
    /// One per image, 0…9.
    package let labels: [UInt8]
    /// SHA-256, in hexadecimal digits, of the images as an IDX file followed by the labels as one, so that the same
    /// digits have the same digest in every format.
    package let digest: String

    /// The greatest size of a file, compressed and unpacked, in bytes: over a million images.
    package static let fileLimit = 1 << 30

    package init(images: [UInt8], labels: [UInt8], digest: String) {
        self.images = images
        self.labels = labels
        self.digest = digest
    }

    /// The number of images.
    package var count: Int { labels.count }

    /// The digits that occur, in ascending order.
    package var classes: [UInt8] { (0...9).filter(labels.contains) }

    /// Loads one part of the data in a folder: see `DataFolder`.
    package static func load(directory: String, split: Split) throws(DataSetError) -> DataSet {
        try DataSet(DataFolder(directory).digits(of: split))
    }

    /// Loads a pair of files, IDX (each plain or with `.gz` added to the name given) or NPY.
    package static func load(images: String, labels: String) throws(DataSetError) -> DataSet {
        try DataSet(LabelledDigits(images: images, labels: labels))
    }
}

extension DataSet {
    /// The digits, with their digest.
    init(_ digits: LabelledDigits) {
        var hash = SHA256()
        let count = UInt32(digits.count)
        let size = ImageSize.mnist
        hash.update(IDXFormat.header([count, UInt32(size.height), UInt32(size.width)]))
        hash.update(digits.images)
        hash.update(IDXFormat.header([count]))
        hash.update(digits.labels)
        self.init(images: digits.images, labels: digits.labels, digest: hash.finalizeHex())
    }
}

/// Images of single digits and their labels.
package struct LabelledDigits {
    /// Images of MNIST's size, row by row, 0 background.
    package private(set) var images: [UInt8] = []
    /// One per image, 0…9.
    package private(set) var labels: [UInt8] = []

    package var count: Int { labels.count }

    /// An empty collection.
    package init() {}

    /// The digits of a pair of files, IDX (each plain or with `.gz` added to the name given) or NPY.
    init(images: String, labels: String) throws(DataSetError) {
        try self.init(
            images: Self.images(images),
            labels: labels.hasSuffix(".npy") ? NPYFormat.labels(labels) : IDXFormat.labels(labels),
            names: (images, labels))
    }

    /// - Parameter names: what errors call images and labels.
    init(images: [UInt8], labels: [UInt8], names: (images: String, labels: String)) throws(DataSetError) {
        self.images = images
        self.labels = labels
        let imageCount = images.count / ImageSize.mnist.pixelCount
        guard imageCount == count else {
            throw .differentCounts(
                images: names.images, imageCount: imageCount, labels: names.labels, labelCount: count)
        }
    }

    /// The images of an IDX file, plain or with `.gz` added to the name, or of an NPY file.
    package static func images(_ path: String) throws(DataSetError) -> [UInt8] {
        path.hasSuffix(".npy") ? try NPYFormat.images(path) : try IDXFormat.images(path)
    }

    /// Reserves memory for `more` images.
    mutating func reserve(_ more: Int) {
        images.reserveCapacity(images.count + more * ImageSize.mnist.pixelCount)
        labels.reserveCapacity(labels.count + more)
    }

    mutating func append(_ image: some Collection<UInt8>, label: UInt8) {
        images += image
        labels.append(label)
    }

    mutating func append(_ more: LabelledDigits) {
        reserve(more.count)
        images += more.images
        labels += more.labels
    }

    /// One part of undivided data: every seventh image of each digit is for testing, the others are for training. That
    /// is MNIST's proportion, with the same share of every digit in both parts, whatever their order.
    func part(_ split: DataSet.Split) -> LabelledDigits {
        let size = ImageSize.mnist.pixelCount
        var seen = [Int](repeating: 0, count: 10)
        var part = LabelledDigits()
        part.reserve(split == .train ? count : count / 7)
        for (index, label) in labels.enumerated() {
            seen[Int(label)] += 1
            guard seen[Int(label)].isMultiple(of: 7) == (split == .test) else { continue }
            part.append(images[index * size..<(index + 1) * size], label: label)
        }
        return part
    }
}
