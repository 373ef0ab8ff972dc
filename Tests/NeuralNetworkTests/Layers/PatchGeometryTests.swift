import Testing

@testable import NeuralNetwork

@Suite("Patch geometry")
struct PatchGeometryTests {
    /// Positions, and where each window begins, of tf.nn.conv2d with padding "SAME".
    @Test(
        "windows lie where TensorFlow's \"same\" puts them",
        arguments: [
            // side, kernel, stride, begins
            (28, 5, 2, Array(stride(from: -1, to: 27, by: 2))),
            (7, 5, 2, [-2, 0, 2, 4]),
            (7, 4, 2, [-1, 1, 3, 5]),
            (5, 3, 3, [0, 3]),
            (4, 5, 1, [-2, -1, 0, 1]),
            (1, 4, 2, [-1]),
        ])
    func positions(side: Int, kernel: Int, stride: Int, begins: [Int]) {
        let geometry = PatchGeometry(height: side, width: 1, channels: 1, kernel: kernel, stride: stride)
        #expect(geometry.rows == begins.count)
        // Where a window's first row inside of the volume lies, and which row of the patch that is.
        let found = (0..<geometry.rows).compactMap { window in
            geometry.runs.first { $0.window == window }.map { $0.volumeOffset - $0.patchOffset / kernel }
        }
        #expect(found == begins)
    }
}
