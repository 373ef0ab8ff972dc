import CKernels
import DigitModel

/// The pass of a group of images through the layers.
extension InferencePlan {
    /// The place for what the last layer gives, with room for a group.
    enum Output {
        /// Images of `imageSize`.
        case pixels(UnsafeMutablePointer<UInt8>)
        /// Fields of `fieldCount` elements, of a generator of ink.
        case fields(UnsafeMutablePointer<Int32>)
    }

    /// Elements of an image's field: 28 lines of `DG_FIELD_STRIDE`.
    package static let fieldCount = ImageSize.mnist.height * Int(DG_FIELD_STRIDE)

    /// Draws the latents of at most `groupSize` keys and runs all layers.
    func runGroup(_ keys: UnsafeBufferPointer<ImageKey>, into output: Output, _ workspace: Workspace) {
        drawLatents(keys, workspace)
        for index in layers.indices { runLayer(index, images: keys.count, into: output, workspace) }
    }

    /// Writes the first layer's input: each key's latent, and the accumulator starts that stand for its label.
    func drawLatents(_ keys: UnsafeBufferPointer<ImageKey>, _ workspace: Workspace) {
        let layout = layouts[0]
        for (image, key) in keys.enumerated() {
            let codes = UnsafeMutableBufferPointer(
                start: workspace.activations[0].pointer + image * layout.imageStride,
                count: architecture.latentSize)
            sampler.fill(codes, with: key.latent, label: key.label)
            key.codes.apply(to: codes)
            workspace.starts[image] = starts(of: key, image: image, workspace)
            guard architecture.drawsInk else { continue }
            workspace.sources[image] = dg_source(
                InkSource(codes: UnsafeBufferPointer(codes), digit: key.nearestLabel, rule: sourceRule))
        }
    }

    /// From the input of layer `index` in the workspace to that of the next, or to the output.
    func runLayer(_ index: Int, images count: Int, into output: Output, _ workspace: Workspace) {
        let usesLabels = index == 0 && !classStarts.isEmpty
        workspace.starts.withUnsafeBufferPointer { starts in
            var batch = dg_batch(
                input: preparedInput(index, images: count, workspace),
                input_stride: layouts[index].imageStride,
                images: Int32(count), starts: usesLabels ? starts.baseAddress : nil,
                scratch: workspace.terms.pointer)
            switch (layers[index], output) {
            case (.codes(let product), _):
                run(
                    product, &batch, workspace.activations[index + 1].pointer,
                    stride: layouts[index + 1].imageStride)
            case (.pixels(let product), .pixels(let images)):
                run(product, &batch, images, stride: imageSize.pixelCount)
                tier.kernels.pointee.look_up(pixels.pointer, images, count * imageSize.pixelCount)
            case (.foldedPixels(let product, let fold), .pixels(let images)):
                runFolded(product, fold, &batch, workspace) { description, sums, image in
                    tier.kernels.pointee.fold(
                        description, sums, workspace.scratch.pointer, images + image * imageSize.pixelCount)
                }
            case (.ink(let product, let fold), .pixels(let images)):
                runFolded(product, fold, &batch, workspace) { description, sums, image in
                    tier.kernels.pointee.fold_field(
                        description, sums, workspace.scratch.pointer, workspace.field.pointer)
                    clearSpecks(workspace.field.pointer)
                    tier.kernels.pointee.finish(
                        workspace.field.pointer, &workspace.sources[image],
                        images + image * imageSize.pixelCount)
                }
            case (.ink(let product, let fold), .fields(let fields)):
                runFolded(product, fold, &batch, workspace) { description, sums, image in
                    let field = fields + image * InferencePlan.fieldCount
                    tier.kernels.pointee.fold_field(description, sums, workspace.scratch.pointer, field)
                    clearSpecks(field)
                }
            case (.pixels, .fields), (.foldedPixels, .fields):
                preconditionFailure("only a generator of ink has fields")
            }
        }
    }

    private func clearSpecks(_ field: UnsafeMutablePointer<Int32>) {
        guard speckSize > 0 else { return }
        tier.kernels.pointee.clear_specks(field, speckSize)
    }

    /// The input of layer `index` as the tier's products read it.
    private func preparedInput(_ index: Int, images: Int, _ workspace: Workspace) -> UnsafeRawPointer {
        let bytes = workspace.activations[index].pointer
        guard let prepare = tier.kernels.pointee.prepare else { return UnsafeRawPointer(bytes) }
        prepare(bytes, images * layouts[index].imageStride, workspace.prepared.pointer)
        return UnsafeRawPointer(workspace.prepared.pointer)
    }

    private func run(
        _ product: PackedGEMM, _ batch: inout dg_batch, _ output: UnsafeMutablePointer<UInt8>, stride: Int
    ) {
        product.withDescription { tier.kernels.pointee.codes($0, &batch, output, stride) }
    }

    /// Calls `body` with the folding and the tap sums of each image, one after the other, so that the sums stay in the
    /// first-level cache.
    private func runFolded(
        _ product: PackedGEMM, _ fold: LayerPlan.Fold, _ batch: inout dg_batch, _ workspace: Workspace,
        _ body: (UnsafePointer<dg_fold>, _ sums: UnsafePointer<Int32>, _ image: Int) -> Void
    ) {
        var description = dg_fold(
            rows: Int32(fold.rows), columns: Int32(fold.columns), kernel: Int32(fold.kernel),
            stride: Int32(fold.stride), padding: Int32(fold.padding),
            sums_stride: Int32(product.paddedColumns), multiplier: fold.multiplier, offset: fold.offset,
            zero_point: Int32(fold.zeroPoint), pixels: pixels.pointer, bias: fold.bias, shift: fold.shift)
        let count = Int(batch.images)
        batch.images = 1
        for image in 0..<count {
            product.withDescription { tier.kernels.pointee.sums($0, &batch, workspace.sums.pointer, 0) }
            body(&description, workspace.sums.pointer, image)
            batch.input += batch.input_stride * tier.inputSize
            batch.starts = batch.starts?.advanced(by: 1)
        }
    }
}

extension dg_source {
    package init(_ source: InkSource) {
        self.init(
            base: source.base, slope: source.slope, rounds_down: source.roundsDown, lowered: source.lowered)
    }
}

/// The label: it enters the first layer as the start of its accumulators.
extension InferencePlan {
    /// The first layer's starts for each class: all of the label's codes but the hot one are the zero point, so they
    /// add nothing, and the hot one adds its distance from it times its weight.
    ///
    /// - Parameter factor: of the weights' sums over the latent, `KernelTier.startFactor`.
    static func classStarts(of model: QuantizedModel, factor: Int32) -> [AlignedBuffer<Int32>] {
        let architecture = model.architecture
        guard architecture.isConditional else { return [] }
        let hot = Int32(architecture.labelScale) * Int32(model.latentSteps)
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
        guard key.labelFraction != .none, key.endLabel != key.label else {
            return UnsafePointer(start.pointer)
        }
        let mixed = workspace.mixedStarts(image, count: start.count)
        InferencePlan.mix(
            UnsafeBufferPointer(start: start.pointer, count: start.count),
            UnsafeBufferPointer(start: classStarts[Int(key.endLabel)].pointer, count: start.count),
            fraction: key.labelFraction, into: mixed)
        return UnsafePointer(mixed.baseAddress)
    }

    /// The starts are linear in the one-hot label, so a point between two labels has that between their starts;
    /// halves are rounded up.
    private static func mix(
        _ first: UnsafeBufferPointer<Int32>, _ second: UnsafeBufferPointer<Int32>, fraction: Fraction,
        into mixed: UnsafeMutableBufferPointer<Int32>
    ) {
        let (whole, part) = (Int64(Fraction.whole), Int64(fraction.numerator))
        for index in mixed.indices {
            let sum = (whole - part) * Int64(first[index]) + part * Int64(second[index])
            mixed[index] = Int32(truncatingIfNeeded: (sum + whole / 2) >> 15)
        }
    }
}
