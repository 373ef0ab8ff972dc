import Platform
import DigitModel

/// Images of single digits and what each of them is.
package struct LabelledDigits {
    /// 784 pixels an image, row by row, 0 background.
    package private(set) var images: [UInt8] = []
    /// One an image, 0…9.
    package private(set) var labels: [UInt8] = []

    var count: Int { labels.count }

    /// None yet.
    init() {}

    /// The digits of a pair of files, IDX (each plain or with `.gz` added to the name given) or NPY.
    init(images: String, labels: String) throws(DataSetError) {
        self.images = try Self.images(images)
        self.labels =
            labels.hasSuffix(".npy") ? try NPYReader.labels(labels) : try IDXReader.labels(labels).entries
        let imageCount = self.images.count / IDXReader.imageSize
        guard imageCount == count else {
            throw .differentCounts(
                images: images, imageCount: imageCount, labels: labels, labelCount: count)
        }
    }

    /// The images of an IDX file, plain or with `.gz` added to the name, or of an NPY file.
    package static func images(_ path: String) throws(DataSetError) -> [UInt8] {
        path.hasSuffix(".npy") ? try NPYReader.images(path) : try IDXReader.images(path).entries
    }

    /// Makes room for so many more, which are to come from `path`.
    ///
    /// - Throws: `DataSetError.unreadable` where the system has none: Swift would end the process.
    mutating func reserve(_ more: Int, from path: String) throws(DataSetError) {
        let total = images.count + more * IDXReader.imageSize
        guard FreeMemory.holds(total + labels.count + more) else {
            throw .unreadable(SystemError("read", path, code: ENOMEM))
        }
        images.reserveCapacity(total)
        labels.reserveCapacity(labels.count + more)
    }

    mutating func append(_ image: [UInt8], label: UInt8) {
        images += image
        labels.append(label)
    }

    mutating func append(_ more: LabelledDigits, from path: String) throws(DataSetError) {
        try reserve(more.count, from: path)
        images += more.images
        labels += more.labels
    }

    /// Of a whole that nobody has divided, one part: every seventh image of each digit is for measuring, the others
    /// are for learning. That is MNIST's proportion, with as many of each digit on both sides, in whatever order they
    /// come.
    ///
    /// - Parameter path: where the whole was read from, for the error when there is no memory.
    func part(_ split: DataSet.Split, path: String) throws(DataSetError) -> LabelledDigits {
        var seen = [Int](repeating: 0, count: 10)
        var part = LabelledDigits()
        try part.reserve(split == .train ? count : count / 7, from: path)
        for (index, label) in labels.enumerated() {
            seen[Int(label)] += 1
            guard seen[Int(label)].isMultiple(of: 7) == (split == .test) else { continue }
            part.append(Array(images[index * 784..<(index + 1) * 784]), label: label)
        }
        return part
    }
}
