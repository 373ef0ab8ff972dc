import WeightBundle

/// Which inputs each output position of a layer reads, and where its outputs go: the layer as one ordinary
/// convolution over taps, or, transposed with stride 2, as four, one for each phase of the output.
struct TapPattern {
    /// Indices (ky · kernel + kx) into the kernel of the layer's weights.
    let taps: [Int]
    /// (row, column) of the input for each position and tap, position-major; outside of the volume for padding.
    let inputs: [(row: Int, column: Int)]
    /// (row, column) of the output for each position.
    let outputs: [(row: Int, column: Int)]

    /// The patterns that make up a layer.
    static func patterns(of layer: GeneratorLayer) -> [TapPattern] {
        switch layer.operation {
        case .dense:
            [TapPattern(taps: [0], inputs: [(0, 0)], outputs: [(0, 0)])]
        case .convolution(let kernel, let stride):
            [convolution(layer, kernel: kernel, stride: stride)]
        case .transposedConvolution(let kernel, let stride):
            (0..<stride * stride).map { phase in
                transposed(layer, kernel: kernel, stride: stride, phase: (phase / stride, phase % stride))
            }
        }
    }

    /// Padding before the first row and column: the smaller half of the total.
    static func padding(kernel: Int, stride: Int) -> Int { max(kernel - stride, 0) / 2 }

    private static func convolution(_ layer: GeneratorLayer, kernel: Int, stride: Int) -> TapPattern {
        let padding = padding(kernel: kernel, stride: stride)
        let outputs = positions(layer.output.height, layer.output.width)
        let taps = Array(0..<kernel * kernel)
        let inputs = outputs.flatMap { output in
            taps.map { tap in
                (
                    row: output.row * stride - padding + tap / kernel,
                    column: output.column * stride - padding + tap % kernel
                )
            }
        }
        return TapPattern(taps: taps, inputs: inputs, outputs: outputs)
    }

    /// Outputs at (row · stride + phase): output o gets input i through tap k where i · stride − padding + k = o.
    private static func transposed(
        _ layer: GeneratorLayer, kernel: Int, stride: Int, phase: (row: Int, column: Int)
    ) -> TapPattern {
        let padding = padding(kernel: kernel, stride: stride)
        func contributes(_ tap: Int, to phase: Int) -> Bool { (phase + padding - tap) % stride == 0 }
        let taps = (0..<kernel * kernel).filter {
            contributes($0 / kernel, to: phase.row) && contributes($0 % kernel, to: phase.column)
        }
        let positions = positions(layer.input.height, layer.input.width)
        let outputs = positions.map {
            (row: $0.row * stride + phase.row, column: $0.column * stride + phase.column)
        }
        let inputs = outputs.flatMap { output in
            taps.map { tap in
                (
                    row: (output.row + padding - tap / kernel) / stride,
                    column: (output.column + padding - tap % kernel) / stride
                )
            }
        }
        return TapPattern(taps: taps, inputs: inputs, outputs: outputs)
    }

    private static func positions(_ height: Int, _ width: Int) -> [(row: Int, column: Int)] {
        (0..<height * width).map { ($0 / width, $0 % width) }
    }
}
