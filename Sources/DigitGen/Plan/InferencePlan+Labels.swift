import WeightBundle

/// How an image's digit enters the first layer: in the place of the accumulators' starts.
extension InferencePlan {
    /// The first layer's starts for each class: all of the label's codes but the hot one are the zero point, so they
    /// add nothing, and the hot one adds its distance from it times its weight.
    ///
    /// - Parameter factor: of the weights' sums over the latent, `KernelTier.startFactor`.
    static func classStarts(of model: QuantizedModel, factor: Int32) -> [AlignedBuffer<Int32>] {
        let architecture = model.architecture
        guard architecture.isConditional else { return [] }
        let hot = Int32(architecture.labelScale) * Int32((1 / QuantizedModel.latentScale).rounded())
        let numbers = model.layers[0]
        let columns = numbers.biases.count
        let size = architecture.inputSize
        let latents = WeightMatrix(
            numbers.weights, columns: columns, taps: 1, channels: architecture.latentSize, columnStride: size,
            tapStride: size
        ).sums
        return (0..<architecture.classCount).map { label in
            let starts = AlignedBuffer<Int32>(count: PackedGEMM.padded(columns))
            for column in 0..<columns {
                let weight = numbers.weights[column * size + architecture.latentSize + label]
                starts.pointer[column] = hot * Int32(weight) + factor * latents[column]
            }
            return starts
        }
    }

    /// The starts of an image's accumulators; nil for a model without labels.
    ///
    /// - Parameter image: the image's place in its group, for which `workspace` has room to mix two digits.
    func starts(of key: ImageKey, image: Int, _ workspace: Workspace) -> UnsafePointer<Int32>? {
        guard !classStarts.isEmpty else { return nil }
        let start = classStarts[Int(key.label)]
        guard key.labelShare != .none, key.endLabel != key.label else { return UnsafePointer(start.pointer) }
        let mixed = workspace.mixedStarts(image, count: start.count)
        InferencePlan.mix(
            UnsafeBufferPointer(start: start.pointer, count: start.count),
            UnsafeBufferPointer(start: classStarts[Int(key.endLabel)].pointer, count: start.count),
            share: key.labelShare, into: mixed)
        return UnsafePointer(mixed.baseAddress)
    }

    /// The starts are linear in the one-hot label, so a point between two labels has that between their starts;
    /// halves are rounded up.
    private static func mix(
        _ first: UnsafeBufferPointer<Int32>, _ second: UnsafeBufferPointer<Int32>, share: Share,
        into mixed: UnsafeMutableBufferPointer<Int32>
    ) {
        let (whole, part) = (Int64(Share.whole), Int64(share.numerator))
        for index in mixed.indices {
            let sum = (whole - part) * Int64(first[index]) + part * Int64(second[index])
            mixed[index] = Int32(truncatingIfNeeded: (sum + whole / 2) >> 15)
        }
    }
}
