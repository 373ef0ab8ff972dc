import DigitModel

/// Output positions of a layer that read the input through the same taps of its kernel.
///
/// Taps that fall outside of the input's volume stand for zero and are left out, so positions at a border have a
/// pattern of their own. So has each phase of a transposed convolution's output: with stride 2 it is four ordinary
/// convolutions.
struct TapPattern {
    /// Indices (ky · kernel + kx) into the kernel, ascending.
    let taps: [Int]
    /// (row, column) of the input for each position and tap, position-major.
    let inputs: [Position]
    /// (row, column) of the output for each position.
    let outputs: [Position]

    typealias Position = (row: Int, column: Int)

    /// The patterns that make up a layer: each of its output positions is in one of them.
    static func patterns(of layer: GeneratorLayer) -> [TapPattern] {
        let (input, output) = (layer.input, layer.output)
        let kernel: Int
        let read: (_ output: Int, _ size: Int) -> [Int?]
        switch layer.operation {
        case .dense:
            return [TapPattern(taps: [0], inputs: [(0, 0)], outputs: [(0, 0)])]
        case .convolution(let side, let stride):
            kernel = side
            read = { convolved($0, side, stride, $1) }
        case .transposedConvolution(let side, let stride):
            kernel = side
            read = { transposed($0, side, stride, $1) }
        }
        let rows = LinePattern.patterns(count: output.height) { read($0, input.height) }
        let columns = LinePattern.patterns(count: output.width) { read($0, input.width) }
        return rows.flatMap { rows in columns.map { TapPattern(rows: rows, columns: $0, kernel: kernel) } }
    }

    private init(taps: [Int], inputs: [Position], outputs: [Position]) {
        self.taps = taps
        self.inputs = inputs
        self.outputs = outputs
    }

    /// The combination of a pattern of rows and one of columns.
    private init(rows: LinePattern, columns: LinePattern, kernel: Int) {
        taps = rows.taps.flatMap { y in columns.taps.map { y * kernel + $0 } }
        outputs = rows.outputs.flatMap { row in columns.outputs.map { (row, $0) } }
        var inputs: [Position] = []
        inputs.reserveCapacity(outputs.count * taps.count)
        for rowsRead in rows.inputs {
            for columnsRead in columns.inputs {
                for row in rowsRead {
                    for column in columnsRead { inputs.append((row, column)) }
                }
            }
        }
        self.inputs = inputs
    }

    /// Along one axis, what each tap k reads: output o gets input o · stride − padding + k.
    private static func convolved(_ output: Int, _ kernel: Int, _ stride: Int, _ size: Int) -> [Int?] {
        let first = output * stride - GeneratorLayer.padding(kernel: kernel, stride: stride)
        return (first..<first + kernel).map { 0..<size ~= $0 ? $0 : nil }
    }

    /// The same, transposed: output o gets input i through tap k where i · stride − padding + k = o.
    private static func transposed(_ output: Int, _ kernel: Int, _ stride: Int, _ size: Int) -> [Int?] {
        let first = output + GeneratorLayer.padding(kernel: kernel, stride: stride)
        return (0..<kernel).map { tap in
            let (input, rest) = (first - tap).quotientAndRemainder(dividingBy: stride)
            return rest == 0 && 0..<size ~= input ? input : nil
        }
    }
}

/// The same along one axis: output rows, or columns, that read the input through the same rows of the kernel.
private struct LinePattern {
    /// Indices into the kernel's rows, ascending.
    let taps: [Int]
    private(set) var outputs: [Int] = []
    /// Of the input, one for each tap; for each output.
    private(set) var inputs: [[Int]] = []

    /// The patterns of `count` outputs. `read` tells for each what the kernel's rows read, nil for nothing.
    static func patterns(count: Int, read: (_ output: Int) -> [Int?]) -> [LinePattern] {
        var patterns: [LinePattern] = []
        for output in 0..<count {
            let inputs = read(output)
            let taps = inputs.indices.filter { inputs[$0] != nil }
            let place = patterns.firstIndex { $0.taps == taps } ?? patterns.count
            if place == patterns.count { patterns.append(LinePattern(taps: taps)) }
            patterns[place].outputs.append(output)
            patterns[place].inputs.append(inputs.compactMap { $0 })
        }
        return patterns
    }

    private init(taps: [Int]) { self.taps = taps }
}
