import CKernels
import DigitModel

/// A layer's product, packed for a tier: weights, requantization, and which inputs each output position reads.
final class PackedGEMM: Sendable {
    private let weights: AlignedBuffer<UInt8>
    private let multipliers: AlignedBuffer<Float>
    private let offsets: AlignedBuffer<Float>
    private let positions: [Positions]
    private let taps: Int
    private let channels: Int
    private let depth: Int
    private let columns: Int
    private let zeroPoint: UInt8
    private let activation: dg_activation

    /// Output columns rounded up to what kernels compute at once.
    let paddedColumns: Int

    /// The numbers that turn accumulators into codes; empty for bare sums.
    struct Requantization {
        var multipliers: [Float] = []
        var offsets: [Float] = []
        var zeroPoint: UInt8 = 0
        var activation = GeneratorLayer.Activation.tanh
    }

    /// The offsets that a product's rows read and write at, for the positions of one pattern.
    struct Rows {
        /// [taps], ascending indices into the weights' taps.
        var taps: [Int]
        /// [positions][taps]
        var inputOffsets: [Int]
        /// [positions]
        var outputOffsets: [Int]
    }

    /// The rows of a pattern as kernels read them.
    private struct Positions: Sendable {
        let weightTaps: AlignedBuffer<Int32>
        let inputOffsets: AlignedBuffer<Int32>
        let outputOffsets: AlignedBuffer<Int32>
        let starts: AlignedBuffer<Int32>
    }

    /// - Parameter inputZeroPoint: of the codes that the product reads.
    init(
        _ source: WeightMatrix, inputZeroPoint: UInt8, rows: [Rows], requantization: Requantization,
        tier: KernelTier
    ) {
        columns = source.columns
        taps = source.taps
        channels = source.channels
        depth = ActivationLayout.paddedDepth(source.channels)
        let paddedColumns = PackedGEMM.padded(source.columns)
        self.paddedColumns = paddedColumns
        weights = source.packed(for: tier)
        let sums = source.sums
        let factor = tier.startFactor(zeroPoint: inputZeroPoint)
        positions = rows.map { rows in
            Positions(
                weightTaps: AlignedBuffer(rows.taps.map(Int32.init)),
                inputOffsets: AlignedBuffer(rows.inputOffsets.map(Int32.init)),
                outputOffsets: AlignedBuffer(rows.outputOffsets.map(Int32.init)),
                starts: AlignedBuffer(
                    (0..<paddedColumns).map { column in
                        guard column < source.columns else { return 0 }
                        return factor * rows.taps.reduce(0) { $0 + sums[column * source.taps + $1] }
                    }))
        }
        multipliers = AlignedBuffer(requantization.multipliers, count: paddedColumns)
        offsets = AlignedBuffer(requantization.offsets, count: paddedColumns)
        zeroPoint = requantization.zeroPoint
        activation =
            switch requantization.activation {
            case .relu: DG_RELU
            case .leakyReLU: DG_LEAKY_RELU
            case .tanh, .ink: DG_IDENTITY
            }
    }

    /// The next multiple of what kernels compute at once.
    static func padded(_ columns: Int) -> Int {
        let multiple = Int(DG_COLUMN_MULTIPLE)
        return (columns + multiple - 1) / multiple * multiple
    }

    /// Calls `body` with the C view of this product; it must not outlive the call.
    func withDescription(_ body: (UnsafePointer<dg_gemm>) -> Void) {
        withUnsafeTemporaryAllocation(of: dg_positions.self, capacity: positions.count) { classes in
            for (index, rows) in positions.enumerated() {
                classes.initializeElement(
                    at: index,
                    to: dg_positions(
                        count: Int32(rows.outputOffsets.count), taps: Int32(rows.weightTaps.count),
                        weight_taps: rows.weightTaps.pointer, input_offsets: rows.inputOffsets.pointer,
                        output_offsets: rows.outputOffsets.pointer, starts: rows.starts.pointer))
            }
            var description = dg_gemm(
                weights: weights.pointer, multipliers: multipliers.pointer, offsets: offsets.pointer,
                positions: classes.baseAddress, position_classes: Int32(positions.count), taps: Int32(taps),
                channels: Int32(channels), depth: Int32(depth), columns: Int32(columns),
                padded_columns: Int32(paddedColumns),
                zero_point: Int32(zeroPoint), activation: activation)
            body(&description)
        }
    }
}

/// A layer's weights as its product reads them: weight(column, tap, channel).
struct WeightMatrix {
    /// Indexed by column · columnStride + tap · tapStride + channel.
    let weights: [Int8]
    let columns: Int
    let taps: Int
    /// Channels of the input; the one-hot label's follow in the model's order.
    let channels: Int
    let columnStride: Int
    let tapStride: Int

    /// - Parameter weights: as many as the other numbers say.
    init(_ weights: [Int8], columns: Int, taps: Int, channels: Int, columnStride: Int, tapStride: Int) {
        precondition(columns > 0 && taps > 0 && channels > 0)
        precondition((columns - 1) * columnStride + (taps - 1) * tapStride + channels <= weights.count)
        self.weights = weights
        self.columns = columns
        self.taps = taps
        self.channels = channels
        self.columnStride = columnStride
        self.tapStride = tapStride
    }

    /// [columns][taps]: sums over the channels.
    var sums: [Int32] {
        [Int32](unsafeUninitializedCapacity: columns * taps) { sums, count in
            weights.withUnsafeBufferPointer { weights in
                for column in 0..<columns {
                    for tap in 0..<taps {
                        let first = column * columnStride + tap * tapStride
                        let line = UnsafeBufferPointer(rebasing: weights[first..<first + channels])
                        sums.initializeElement(at: column * taps + tap, to: WeightMatrix.sum(line))
                    }
                }
            }
            count = columns * taps
        }
    }

    /// The weights in a tier's order.
    func packed(for tier: KernelTier) -> AlignedBuffer<UInt8> {
        weights.withUnsafeBufferPointer { weights in
            var source = dg_weights(
                weights: weights.baseAddress, column_stride: columnStride, tap_stride: tapStride,
                columns: Int32(columns), taps: Int32(taps), channels: Int32(channels))
            let packed = AlignedBuffer<UInt8>(uninitializedCount: tier.kernels.pointee.packed_size(&source))
            tier.kernels.pointee.pack(&source, packed.pointer)
            return packed
        }
    }

    private static func sum(_ line: UnsafeBufferPointer<Int8>) -> Int32 {
        var sum: Int32 = 0
        for weight in line { sum &+= Int32(weight) }
        return sum
    }
}
