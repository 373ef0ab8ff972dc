import NeuralNetwork

/// Images as networks read them: pixels 0…255 mapped to −1…1.
extension Tensor {
    /// [N, 784] of 784 bytes an image.
    package init(pixels: [UInt8]) {
        self.init(pixels: pixels, of: 0..<pixels.count / 784)
    }

    /// [N, 784] of the chosen ones among images of 784 bytes.
    package init(pixels: [UInt8], of chosen: some Collection<Int>) {
        self.init(uninitialized: [chosen.count, 784])
        pixels.withUnsafeBufferPointer { pixels in
            for (row, image) in chosen.enumerated() {
                let target = pointer + row * 784
                for index in 0..<784 { target[index] = Float(pixels[image * 784 + index]) / 127.5 - 1 }
            }
        }
    }
}
