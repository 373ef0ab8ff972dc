import DigitImaging
import DigitModel

/// Labelled images of digits.
package struct DataSet: Sendable {
    /// Which part of the data: to learn from, or to measure by.
    package enum Split: String, Sendable, CaseIterable {
        case train
        case test

        /// What the names of MNIST's files of the split begin with.
        var filePrefix: String { self == .train ? "train" : "t10k" }
    }

    /// 784 pixels an image, row by row, 0 background.
    package let images: [UInt8]
    /// One an image, 0…9.
    package let labels: [UInt8]
    /// SHA-256, in hexadecimal digits, of the images as an IDX file followed by the labels as one, whatever they were
    /// read from: so the same digits have the same digest in every form.
    package let digest: String

    package init(images: [UInt8], labels: [UInt8], digest: String) {
        self.images = images
        self.labels = labels
        self.digest = digest
    }

    /// Number of images.
    package var count: Int { labels.count }

    /// The digits that there are, in rising order.
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
        hash.update(IDXFormat.header([count, 28, 28]))
        hash.update(digits.images)
        hash.update(IDXFormat.header([count]))
        hash.update(digits.labels)
        self.init(images: digits.images, labels: digits.labels, digest: hash.finalizeHex())
    }
}
