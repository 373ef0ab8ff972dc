import CKernels
import WeightBundle

/// One product of a layer, packed for a tier: weights, accumulator starts, requantization and offsets.
final class PackedGEMM: Sendable {
    private let weights: AlignedBuffer<UInt8>
    private let starts: AlignedBuffer<Int32>
    private let multipliers: AlignedBuffer<Float>
    private let offsets: AlignedBuffer<Float>
    private let inputOffsets: AlignedBuffer<Int32>
    private let outputOffsets: AlignedBuffer<Int32>
    private let taps: Int
    private let depth: Int
    private let columns: Int
    private let zeroPoint: UInt8
    private let activation: dg_activation

    /// Output columns rounded up to what kernels compute at once.
    let paddedColumns: Int

    /// What a layer's accumulators become; all zero for bare sums.
    struct Requantization {
        var multipliers: [Float] = []
        var offsets: [Float] = []
        var zeroPoint: UInt8 = 0
        var activation = GeneratorLayer.Activation.tanh
    }

    /// - Parameters:
    ///   - weights: [columns][taps][depth], depth a multiple of 4.
    ///   - starts: [columns], the accumulators' first values.
    ///   - inputOffsets: [positions][taps]
    ///   - outputOffsets: [positions]
    init(
        weights: [Int8], starts: [Int32], taps: Int, depth: Int, inputOffsets: [Int32],
        outputOffsets: [Int32],
        requantization: Requantization, tier: KernelTier
    ) {
        columns = starts.count
        let paddedColumns = PackedGEMM.padded(columns)
        self.paddedColumns = paddedColumns
        self.taps = taps
        self.depth = depth
        precondition(weights.count == columns * taps * depth && depth % 4 == 0)
        precondition(inputOffsets.count == outputOffsets.count * taps)
        self.weights = AlignedBuffer(
            count: tier.kernels.pointee.packed_size(Int32(paddedColumns), Int32(taps), Int32(depth)))
        tier.kernels.pointee.pack(
            weights, Int32(columns), Int32(paddedColumns), Int32(taps), Int32(depth), self.weights.pointer)
        func padded<Number: BitwiseCopyable & Numeric>(_ values: [Number]) -> AlignedBuffer<Number> {
            AlignedBuffer(values + [Number](repeating: 0, count: paddedColumns - values.count))
        }
        self.starts = padded(starts)
        multipliers = padded(requantization.multipliers)
        offsets = padded(requantization.offsets)
        zeroPoint = requantization.zeroPoint
        activation =
            switch requantization.activation {
            case .relu: DG_RELU
            case .leakyReLU: DG_LEAKY_RELU
            case .tanh: DG_IDENTITY
            }
        self.inputOffsets = AlignedBuffer(inputOffsets)
        self.outputOffsets = AlignedBuffer(outputOffsets)
    }

    /// The next multiple of what kernels compute at once.
    static func padded(_ columns: Int) -> Int {
        let multiple = Int(DG_COLUMN_MULTIPLE)
        return (columns + multiple - 1) / multiple * multiple
    }

    /// Calls `body` with the C view of this product; it must not outlive the call.
    func withDescription(_ body: (UnsafePointer<dg_gemm>) -> Void) {
        var description = dg_gemm(
            weights: weights.pointer, starts: starts.pointer, multipliers: multipliers.pointer,
            offsets: offsets.pointer, input_offsets: inputOffsets.pointer,
            output_offsets: outputOffsets.pointer, positions: Int32(outputOffsets.count), taps: Int32(taps),
            depth: Int32(depth), columns: Int32(columns), padded_columns: Int32(paddedColumns),
            zero_point: Int32(zeroPoint), activation: activation)
        body(&description)
    }
}
