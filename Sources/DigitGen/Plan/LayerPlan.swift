import DigitModel

/// The way one layer runs.
enum LayerPlan {
    /// A product whose outputs are the next layer's codes.
    case codes(PackedGEMM)
    /// The last layer as a product whose outputs are codes, looked up in the table of pixels.
    case pixels(PackedGEMM)
    /// The last layer, transposed with one output channel: a product gives each input position's sums for all
    /// taps, which are then added up where they belong. As an ordinary product it would compute 16 columns
    /// and use one.
    case foldedPixels(PackedGEMM, Fold)
    /// The same as a field, whose ink is then finished.
    case ink(PackedGEMM, Fold)

    /// The product and the folding of a layer that has them.
    var folded: (product: PackedGEMM, fold: Fold)? {
        switch self {
        case .codes, .pixels: nil
        case .foldedPixels(let product, let fold), .ink(let product, let fold): (product, fold)
        }
    }

    /// The geometry of a folded layer, and the rounding of its pixels or its field.
    struct Fold {
        let rows: Int
        let columns: Int
        let kernel: Int
        let stride: Int
        let multiplier: Float
        let offset: Float
        let zeroPoint: UInt8
        /// The field is (sum + bias) >> shift.
        let bias: Int32
        let shift: Int32

        /// Elements of the image that sums are added up in.
        var scratchCount: Int { (rows * stride + kernel) * (columns * stride + kernel) }
        var padding: Int { GeneratorLayer.padding(kernel: kernel, stride: stride) }
    }
}

/// Turns a layer of a quantized model into its plan.
struct LayerPlanner {
    let layer: GeneratorLayer
    let numbers: QuantizedLayer
    let inputScale: Float
    let input: ActivationLayout
    /// Channels of the weights that are read as input; the one-hot label's follow.
    let inputChannels: Int
    /// Channels of the weights in all.
    let weightChannels: Int
    /// Nil for the last layer.
    let output: ActivationLayout?
    let tier: KernelTier

    func plan() -> LayerPlan {
        if layer.activation == .ink { return ink }
        if output == nil, layer.output.channels == 1,
            case .transposedConvolution(let kernel, let stride) = layer.operation
        {
            let (product, fold) = folded(numbers.weights, kernel: kernel, stride: stride)
            return .foldedPixels(product, fold)
        }
        return output == nil ? .pixels(product) : .codes(product)
    }

    private var columns: Int { numbers.biases.count }
    private var weightsPerColumn: Int { numbers.weights.count / columns }

    private var requantization: PackedGEMM.Requantization {
        PackedGEMM.Requantization(
            multipliers: numbers.weightScales.map { inputScale * $0 / numbers.outputScale },
            offsets: numbers.biases.map { $0 / numbers.outputScale }, zeroPoint: numbers.outputZeroPoint,
            activation: layer.activation)
    }

    private var product: PackedGEMM {
        // Pixels are laid out like codes.
        let output = output ?? ActivationLayout(volume: layer.output, zeroPoint: 0)
        return PackedGEMM(
            WeightMatrix(
                numbers.weights, columns: columns, taps: weightsPerColumn / weightChannels,
                channels: inputChannels, columnStride: weightsPerColumn, tapStride: weightChannels),
            inputZeroPoint: input.zeroPoint,
            rows: TapPattern.patterns(of: layer).map { pattern in
                PackedGEMM.Rows(
                    taps: pattern.taps, inputOffsets: pattern.inputs.map(input.offset),
                    outputOffsets: pattern.outputs.map(output.offset))
            },
            requantization: requantization, tier: tier)
    }

    private var ink: LayerPlan {
        switch layer.operation {
        case .dense: preconditionFailure("a dense layer gives no field; models are checked for it")
        case .transposedConvolution(let kernel, let stride):
            let (product, fold) = folded(numbers.weights, kernel: kernel, stride: stride)
            return .ink(product, fold)
        case .convolution(let kernel, let stride):
            // A convolution of stride 1 is the transposed one with its taps turned about.
            let taps = (0..<kernel * kernel).reversed().map { $0 * weightChannels }
            let turned = taps.flatMap { numbers.weights[$0..<$0 + weightChannels] }
            let (product, fold) = folded(turned, kernel: kernel, stride: stride)
            return .ink(product, fold)
        }
    }

    /// The weights of a kernel's taps in the order in which they are folded; see `dg_fold`.
    private func tapColumns(_ weights: [Int8], kernel: Int, stride: Int) -> [Int8] {
        guard kernel == 3, stride == 1 else { return weights }
        let none = [Int8](repeating: 0, count: weightChannels)
        return (0..<3).flatMap { column in
            (0..<3).flatMap { row in
                let first = (row * 3 + column) * weightChannels
                return weights[first..<first + weightChannels]
            } + none
        }
    }

    private func folded(
        _ weights: [Int8], kernel: Int, stride: Int
    ) -> (product: PackedGEMM, fold: LayerPlan.Fold) {
        let weights = tapColumns(weights, kernel: kernel, stride: stride)
        let taps = weights.count / weightChannels
        let volume = input.volume
        let positions = volume.height * volume.width
        // The taps are the columns here.
        let product = PackedGEMM(
            WeightMatrix(
                weights, columns: taps, taps: 1, channels: inputChannels,
                columnStride: weightChannels,
                tapStride: weightChannels),
            inputZeroPoint: input.zeroPoint,
            rows: [
                PackedGEMM.Rows(
                    taps: [0], inputOffsets: (0..<positions).map { $0 * volume.channels },
                    outputOffsets: (0..<positions).map { $0 * PackedGEMM.padded(taps) })
            ],
            requantization: PackedGEMM.Requantization(), tier: tier)
        let rounding = requantization
        let isField = layer.activation == .ink
        return (
            product,
            LayerPlan.Fold(
                rows: volume.height, columns: volume.width, kernel: kernel, stride: stride,
                multiplier: rounding.multipliers[0], offset: rounding.offsets[0],
                zeroPoint: rounding.zeroPoint, bias: isField ? numbers.fieldBias : 0,
                shift: isField ? numbers.fieldShift : 0)
        )
    }
}
