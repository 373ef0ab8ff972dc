import CKernels
import WeightBundle

/// How one layer runs.
enum LayerPlan {
    /// Products whose outputs are the next layer's codes.
    case codes([PackedGEMM])
    /// The last layer as products whose outputs are codes, looked up in the table of pixels.
    case pixels([PackedGEMM])
    /// The last layer, transposed with one output channel: one product gives each input position's sums for all
    /// taps, which are then added up where they belong. As an ordinary product it would compute 15 columns in
    /// vain for each one.
    case foldedPixels(PackedGEMM, Fold)

    /// The geometry and rounding of `foldedPixels`.
    struct Fold {
        let rows: Int
        let columns: Int
        let kernel: Int
        let stride: Int
        let multiplier: Float
        let offset: Float
        let zeroPoint: UInt8

        /// Elements of the image that sums are added up in.
        var scratchCount: Int { (rows * stride + kernel) * (columns * stride + kernel) }
        var padding: Int { TapPattern.padding(kernel: kernel, stride: stride) }
    }
}

/// Turns a layer of a quantized model into its plan.
struct LayerPlanner {
    let layer: GeneratorLayer
    let numbers: QuantizedLayer
    let inputScale: Float
    let input: ActivationLayout
    /// Channels of the weights that are read as input; those after them are the one-hot label's.
    let inputChannels: Int
    /// Channels of the weights in all.
    let weightChannels: Int
    /// Nil for the last layer.
    let output: ActivationLayout?
    let tier: KernelTier

    func plan() -> LayerPlan {
        if output == nil, layer.output.channels == 1,
            case .transposedConvolution(let kernel, let stride) = layer.operation
        {
            return foldedPixels(kernel: kernel, stride: stride)
        }
        let products = TapPattern.patterns(of: layer).map(product)
        return output == nil ? .pixels(products) : .codes(products)
    }

    private var columns: Int { numbers.biases.count }
    private var depth: Int { ActivationLayout.paddedDepth(inputChannels) }
    private var weightsPerColumn: Int { numbers.weights.count / columns }

    private var requantization: PackedGEMM.Requantization {
        PackedGEMM.Requantization(
            multipliers: numbers.weightScales.map { inputScale * $0 / numbers.outputScale },
            offsets: numbers.biases.map { $0 / numbers.outputScale }, zeroPoint: numbers.outputZeroPoint,
            activation: layer.activation)
    }

    private func product(_ pattern: TapPattern) -> PackedGEMM {
        let packed = columnsOfTaps(pattern.taps.map { tap in (0..<columns).map { ($0, tap) } })
        let isDense = layer.operation == .dense
        return PackedGEMM(
            weights: packed.weights, starts: packed.starts, taps: pattern.taps.count, depth: depth,
            inputOffsets: pattern.inputs.map {
                Int32(isDense ? input.start : input.offset(row: $0.row, column: $0.column))
            },
            outputOffsets: pattern.outputs.map { position in
                if isDense { return Int32(output?.start ?? 0) }
                return Int32(
                    output?.offset(row: position.row, column: position.column)
                        ?? (position.row * layer.output.width + position.column) * layer.output.channels)
            },
            requantization: requantization, tier: tier)
    }

    private func foldedPixels(kernel: Int, stride: Int) -> LayerPlan {
        let taps = kernel * kernel
        // The taps are the columns here.
        let packed = columnsOfTaps([(0..<taps).map { (0, $0) }])
        let positions = input.volume.height * input.volume.width
        let product = PackedGEMM(
            weights: packed.weights, starts: packed.starts, taps: 1, depth: depth,
            inputOffsets: (0..<positions).map {
                Int32(input.offset(row: $0 / input.volume.width, column: $0 % input.volume.width))
            },
            outputOffsets: (0..<positions).map { Int32($0 * PackedGEMM.padded(taps)) },
            requantization: PackedGEMM.Requantization(), tier: tier)
        let rounding = requantization
        return .foldedPixels(
            product,
            LayerPlan.Fold(
                rows: input.volume.height, columns: input.volume.width, kernel: kernel, stride: stride,
                multiplier: rounding.multipliers[0], offset: rounding.offsets[0],
                zeroPoint: rounding.zeroPoint))
    }

    /// Weights [column][tap][depth] and the starts −zeroPoint · Σ weights, from for each tap the (output
    /// channel, kernel index) of each column.
    private func columnsOfTaps(
        _ sources: [[(channel: Int, kernelIndex: Int)]]
    ) -> (weights: [Int8], starts: [Int32]) {
        if isPackedAlready {
            return (numbers.weights, (0..<columns).map(startOfColumn))
        }
        let columnCount = sources.first?.count ?? columns
        let tapCount = sources.count
        var starts = [Int32](repeating: 0, count: columnCount)
        var weights = [Int8](repeating: 0, count: columnCount * tapCount * depth)
        // All weights of a model pass here whenever a program starts.
        numbers.weights.withUnsafeBufferPointer { from in
            weights.withUnsafeMutableBufferPointer { to in
                for (tap, columnSources) in sources.enumerated() {
                    for (column, source) in columnSources.enumerated() {
                        let first = source.channel * weightsPerColumn + source.kernelIndex * weightChannels
                        let channels = UnsafeBufferPointer(rebasing: from[first..<first + inputChannels])
                        let target = (column * tapCount + tap) * depth
                        _ = UnsafeMutableBufferPointer(rebasing: to[target..<target + inputChannels])
                            .update(from: channels)
                        starts[column] -= LayerPlanner.sum(channels) * Int32(input.zeroPoint)
                    }
                }
            }
        }
        return (weights, starts)
    }

    /// Whether the weights already are [column][depth]: those of a dense layer without label or padding, which
    /// are most of a dense model's and need no copy.
    private var isPackedAlready: Bool {
        layer.operation == .dense && inputChannels == weightChannels && inputChannels == depth
    }

    private func startOfColumn(_ column: Int) -> Int32 {
        numbers.weights.withUnsafeBufferPointer { weights in
            let line = weights[column * inputChannels..<(column + 1) * inputChannels]
            return -LayerPlanner.sum(UnsafeBufferPointer(rebasing: line)) * Int32(input.zeroPoint)
        }
    }

    static func sum(_ weights: UnsafeBufferPointer<Int8>) -> Int32 {
        var sum: Int32 = 0
        for weight in weights { sum &+= Int32(weight) }
        return sum
    }
}
