import NeuralNetwork

/// A few labelled images with some structure: a bright bar whose place tells the label.
package struct TinyData {
    package let images: [UInt8]
    package let labels: [UInt8]

    package init(count: Int, seed: UInt64) {
        var random = RandomSource(seed: seed)
        var images = [UInt8](repeating: 0, count: count * 784)
        labels = (0..<count).map { _ in UInt8.random(in: 0..<10, using: &random) }
        for (image, label) in labels.enumerated() {
            for y in 4..<24 {
                images[image * 784 + y * 28 + 4 + 2 * Int(label)] = UInt8.random(
                    in: 200...255, using: &random)
            }
        }
        self.images = images
    }
}
