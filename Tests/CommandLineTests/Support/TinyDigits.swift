import TestSupport

/// A data set in MNIST's files that is as small as the trainer measures with, its images a stripe at the label's place.
enum TinyDigits {
    private static let count = 1_000

    /// Writes the four files into the folder `name` of `folder`.
    static func write(to folder: TemporaryFolder, _ name: String) {
        let labels = (0..<count).map { UInt8($0 % 10) }
        var images = [UInt8](repeating: 0, count: count * 784)
        for (image, label) in labels.enumerated() {
            for row in 4..<24 {
                images[image * 784 + row * 28 + 4 + 2 * Int(label)] = UInt8(200 + image % 50)
            }
        }
        for half in ["train", "t10k"] {
            folder.write(
                header([0x803, UInt32(count), 28, 28]) + images, to: "\(name)/\(half)-images-idx3-ubyte")
            folder.write(header([0x801, UInt32(count)]) + labels, to: "\(name)/\(half)-labels-idx1-ubyte")
        }
    }

    private static func header(_ numbers: [UInt32]) -> [UInt8] {
        numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }
    }
}
