import CKernels
import WeightBundle

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

    /// What accumulators become; all zero for bare sums.
    struct Requantization {
        var multipliers: [Float] = []
        var offsets: [Float] = []
        var zeroPoint: UInt8 = 0
        var activation = GeneratorLayer.Activation.tanh
    }

    /// Where the product's rows read and write, for the positions of one pattern.
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
