import WeightBundle

/// Labelled images of digits.
package struct DataSet: Sendable {
    /// Which half of MNIST.
    package enum Split: String, Sendable, CaseIterable {
        case train
        case test

        /// What the names of the split's files begin with.
        var filePrefix: String { self == .train ? "train" : "t10k" }
    }

    /// 784 pixels an image, row by row, 0 background.
    package let images: [UInt8]
    /// One an image, 0…9.
    package let labels: [UInt8]
    /// SHA-256, in hexadecimal digits, of the uncompressed file of images followed by that of labels.
    package let digest: String

    /// Number of images.
    package var count: Int { labels.count }

    /// The digits that there are, in rising order.
    package var classes: [UInt8] { (0...9).filter(labels.contains) }

    /// Loads MNIST's files of one split, `train-images-idx3-ubyte` and so on, each plain or with `.gz`.
    package static func load(directory: String, split: Split) throws(DataSetError) -> DataSet {
        let prefix = directory + (directory.hasSuffix("/") ? "" : "/") + split.filePrefix
        return try load(images: prefix + "-images-idx3-ubyte", labels: prefix + "-labels-idx1-ubyte")
    }

    /// Loads a pair of IDX files, each plain or with `.gz` added to the name given.
    package static func load(images: String, labels: String) throws(DataSetError) -> DataSet {
        let imageFile = try IDXReader.images(images)
        let labelFile = try IDXReader.labels(labels)
        let imageCount = imageFile.entries.count / IDXReader.imageSize
        guard imageCount == labelFile.entries.count else {
            throw .differentCounts(
                images: images, imageCount: imageCount, labels: labels, labelCount: labelFile.entries.count)
        }
        var hash = SHA256()
        hash.update(imageFile.file)
        hash.update(labelFile.file)
        return DataSet(images: imageFile.entries, labels: labelFile.entries, digest: hash.finalizeHex())
    }
}
