extension Architecture {
    /// The limits of a generator. They bound the memory and time of an image and keep products from overflowing.
    package enum Limits {
        /// Layers of a generator.
        package static let layers = 1...64
        /// Elements of the latent.
        package static let latentSize = 1...65_536
        /// Classes of a conditional model: the digits.
        package static let classes = 10
        /// Height or width of an activation.
        package static let side = 1...256
        /// Channels of an activation, units of a dense layer.
        package static let channels = 1...65_536
        /// Elements of one activation, and of all activations together.
        package static let volume = 1 << 20
        /// Height and width of a kernel, which is at least the stride.
        package static let kernel = 1...7
        /// Stride of a convolution, transposed or not.
        package static let stride = 1...2
        /// Products an int32 accumulator can sum whatever their factors: `count · 255 · 128 < 2³¹`.
        package static let weightsPerOutput = Int(Int32.max) / (255 * 128)
        /// Multiply-accumulates of all layers.
        package static let macsPerImage = Int(clamping: Int64(1) << 31)
        /// Reads through the windows of all layers; the runtime lists each.
        package static let windowReads = 1 << 19
        /// Weights of all layers as the runtime packs them.
        package static let packedWeights = 1 << 25
        /// The greatest whole label scale whose code, 128 + 44 · scale, is a `UInt8`.
        package static let labelScale = 2
    }

    /// Checks that the layers fit each other and the limits, so that buffers and kernels may trust them.
    ///
    /// - Throws: `BundleError.architecture` with the first thing that is wrong.
    package func validate() throws(BundleError) {
        try validateInput()
        guard Limits.layers.contains(layers.count) else {
            throw .architecture(layer: nil, found: "\(layers.count) layers", expected: "\(Limits.layers)")
        }
        var input = Volume(height: 1, width: 1, channels: inputSize)
        for (index, layer) in layers.enumerated() {
            try layer.validate(at: index, isLast: index == layers.count - 1, input: input)
            input = layer.output
        }
        try validateSums()
    }

    /// Checks the totals of all layers, which bound an image's time and memory.
    private func validateSums() throws(BundleError) {
        let sums = [
            (macsPerImage, Limits.macsPerImage, "multiply-accumulates an image"),
            (activationCount, Limits.volume, "elements in all activations"),
            (windowReads, Limits.windowReads, "reads through windows"),
            (packedWeightCount, Limits.packedWeights, "weights in packs of 4 inputs and 16 outputs"),
        ]
        for (sum, limit, name) in sums where sum > limit {
            throw .architecture(layer: nil, found: "\(sum) \(name)", expected: "at most \(limit)")
        }
    }

    private func validateInput() throws(BundleError) {
        guard Limits.latentSize.contains(latentSize) else {
            throw .architecture(
                layer: nil, found: "latent_size \(latentSize)", expected: "\(Limits.latentSize)")
        }
        guard classCount == 0 || classCount == Limits.classes else {
            throw .architecture(
                layer: nil, found: "class_count \(classCount)", expected: "0 or \(Limits.classes)")
        }
        let scales = (classCount == 0 ? 0 : 1)...Limits.labelScale
        guard scales.contains(labelScale) else {
            throw .architecture(layer: nil, found: "label_scale \(labelScale)", expected: "\(scales)")
        }
    }
}

extension GeneratorLayer {
    /// Checks one layer, the `index`-th, against the limits and against what it reads.
    func validate(at index: Int, isLast: Bool, input expectedInput: Volume) throws(BundleError) {
        guard input == expectedInput else {
            throw .architecture(layer: index, found: "input \(input.text)", expected: expectedInput.text)
        }
        guard index > 0 || operation == .dense else {
            throw .architecture(layer: index, found: "a convolution", expected: "a dense layer first")
        }
        try validateGeometry(at: index)
        guard weightsPerOutput <= Architecture.Limits.weightsPerOutput else {
            throw .architecture(
                layer: index, found: "\(weightsPerOutput) weights an output",
                expected: "at most \(Architecture.Limits.weightsPerOutput), for int32 sums")
        }
        guard activation.isFinal == isLast else {
            throw .architecture(
                layer: index, found: "activation \(activation.rawValue)",
                expected: "tanh or ink in the last layer and only there")
        }
        guard activation != .ink || canBeField else {
            throw .architecture(
                layer: index, found: "\(operation) before ink",
                expected: "a transposed convolution, or a convolution of stride 1 with an odd kernel")
        }
        guard !isLast || output == .image else {
            throw .architecture(
                layer: index, found: "output \(output.text)", expected: "\(Volume.image.text) at the end")
        }
    }

    /// True for layers whose sums can be the field that ink is drawn from.
    private var canBeField: Bool {
        switch operation {
        case .dense: false
        case .convolution(let kernel, let stride): stride == 1 && kernel % 2 == 1
        case .transposedConvolution: true
        }
    }

    private func validateGeometry(at index: Int) throws(BundleError) {
        try validate(output, at: index)
        let expected: Volume
        switch operation {
        case .dense:
            guard Architecture.Limits.channels.contains(output.count) else {
                throw .architecture(
                    layer: index, found: "\(output.count) units",
                    expected: "\(Architecture.Limits.channels)")
            }
            return
        case .convolution(let kernel, let stride):
            try validate(kernel: kernel, stride: stride, at: index)
            guard input.height % stride == 0, input.width % stride == 0 else {
                throw .architecture(
                    layer: index, found: "input \(input.text)",
                    expected: "sides that stride \(stride) divides")
            }
            expected = Volume(
                height: input.height / stride, width: input.width / stride, channels: output.channels)
        case .transposedConvolution(let kernel, let stride):
            try validate(kernel: kernel, stride: stride, at: index)
            expected = Volume(
                height: input.height * stride, width: input.width * stride, channels: output.channels)
        }
        guard output == expected else {
            throw .architecture(layer: index, found: "output \(output.text)", expected: expected.text)
        }
    }

    private func validate(_ volume: Volume, at index: Int) throws(BundleError) {
        let limits = Architecture.Limits.self
        guard
            limits.side.contains(volume.height), limits.side.contains(volume.width),
            limits.channels.contains(volume.channels), volume.count <= limits.volume
        else {
            throw .architecture(
                layer: index, found: "output \(volume.text)",
                expected:
                    "sides \(limits.side), channels \(limits.channels), at most \(limits.volume) elements")
        }
    }

    /// A kernel smaller than its stride would skip inputs, or leave outputs that no weight reaches.
    private func validate(kernel: Int, stride: Int, at index: Int) throws(BundleError) {
        guard Architecture.Limits.stride.contains(stride) else {
            throw .architecture(
                layer: index, found: "stride \(stride)", expected: "\(Architecture.Limits.stride)")
        }
        let kernels = stride...Architecture.Limits.kernel.upperBound
        guard kernels.contains(kernel) else {
            throw .architecture(layer: index, found: "kernel \(kernel)", expected: "\(kernels)")
        }
    }
}
