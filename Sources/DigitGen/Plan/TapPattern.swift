import WeightBundle

/// Output positions of a layer that read the input through the same taps of its kernel.
///
/// Taps that fall outside of the input's volume stand for zero and are left out, so positions at a border have a
/// pattern of their own. So has each phase of a transposed convolution's output: with stride 2 it is four ordinary
/// convolutions.
struct TapPattern {
    /// Indices (ky · kernel + kx) into the kernel, ascending.
    let taps: [Int]
    /// (row, column) of the input for each position and tap, position-major.
    private(set) var inputs: [Position] = []
    /// (row, column) of the output for each position.
    private(set) var outputs: [Position] = []

    typealias Position = (row: Int, column: Int)

    /// The patterns that make up a layer: each of its output positions is in one of them.
    static func patterns(of layer: GeneratorLayer) -> [TapPattern] {
        guard layer.operation != .dense else {
            return [TapPattern(taps: [0], inputs: [(0, 0)], outputs: [(0, 0)])]
        }
        var patterns: [TapPattern] = []
        var places: [[Int]: Int] = [:]
        for row in 0..<layer.output.height {
            for column in 0..<layer.output.width {
                let (taps, inputs) = read(by: (row, column), layer)
                let place = places[taps] ?? patterns.count
                if place == patterns.count {
                    patterns.append(TapPattern(taps: taps))
                    places[taps] = place
                }
                patterns[place].inputs += inputs
                patterns[place].outputs.append((row, column))
            }
        }
        return patterns
    }

    /// Padding before the first row and column: the smaller half of the total.
    static func padding(kernel: Int, stride: Int) -> Int { max(kernel - stride, 0) / 2 }

    /// The taps that contribute to an output position, and the input position that each reads.
    private static func read(by output: Position, _ layer: GeneratorLayer) -> (
        taps: [Int], inputs: [Position]
    ) {
        let (kernel, rows, columns): (Int, [Int?], [Int?])
        switch layer.operation {
        case .dense: return ([0], [(0, 0)])
        case .convolution(let size, let stride):
            kernel = size
            rows = convolved(output.row, size, stride, layer.input.height)
            columns = convolved(output.column, size, stride, layer.input.width)
        case .transposedConvolution(let size, let stride):
            kernel = size
            rows = transposed(output.row, size, stride, layer.input.height)
            columns = transposed(output.column, size, stride, layer.input.width)
        }
        var read: (taps: [Int], inputs: [Position]) = ([], [])
        for (y, row) in rows.enumerated() {
            guard let row else { continue }
            for (x, column) in columns.enumerated() {
                guard let column else { continue }
                read.taps.append(y * kernel + x)
                read.inputs.append((row, column))
            }
        }
        return read
    }

    /// Along one axis, what each tap k reads: output o gets input o · stride − padding + k.
    private static func convolved(_ output: Int, _ kernel: Int, _ stride: Int, _ size: Int) -> [Int?] {
        let first = output * stride - padding(kernel: kernel, stride: stride)
        return (first..<first + kernel).map { 0..<size ~= $0 ? $0 : nil }
    }

    /// The same, transposed: output o gets input i through tap k where i · stride − padding + k = o.
    private static func transposed(_ output: Int, _ kernel: Int, _ stride: Int, _ size: Int) -> [Int?] {
        let first = output + padding(kernel: kernel, stride: stride)
        return (0..<kernel).map { tap in
            let (input, rest) = (first - tap).quotientAndRemainder(dividingBy: stride)
            return rest == 0 && 0..<size ~= input ? input : nil
        }
    }
}
