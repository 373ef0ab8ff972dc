import CKernels

/// How a group of images passes through the layers.
extension InferencePlan {
    /// Draws the latents of at most `groupSize` keys and runs all layers; `images` has room for as many.
    func runGroup(
        _ keys: UnsafeBufferPointer<ImageKey>, into images: UnsafeMutablePointer<UInt8>,
        _ workspace: Workspace
    ) {
        drawLatents(keys, workspace)
        for index in layers.indices { runLayer(index, images: keys.count, into: images, workspace) }
    }

    /// Writes the first layer's input: each key's latent, and the accumulator starts that stand for its label.
    func drawLatents(_ keys: UnsafeBufferPointer<ImageKey>, _ workspace: Workspace) {
        let layout = layouts[0]
        for (image, key) in keys.enumerated() {
            let codes = UnsafeMutableBufferPointer(
                start: workspace.activations[0].pointer + image * layout.imageStride,
                count: architecture.latentSize)
            LatentSampler.fill(codes, with: key.latent)
            workspace.starts[image] = starts(of: key, image: image, workspace)
        }
    }

    /// From the input of layer `index` in the workspace to that of the next, or to pixels.
    func runLayer(
        _ index: Int, images count: Int, into images: UnsafeMutablePointer<UInt8>, _ workspace: Workspace
    ) {
        let usesLabels = index == 0 && !classStarts.isEmpty
        workspace.starts.withUnsafeBufferPointer { starts in
            var batch = dg_batch(
                input: preparedInput(index, images: count, workspace),
                input_stride: layouts[index].imageStride,
                images: Int32(count), starts: usesLabels ? starts.baseAddress : nil,
                scratch: workspace.terms.pointer)
            switch layers[index] {
            case .codes(let product):
                run(
                    product, &batch, workspace.activations[index + 1].pointer,
                    stride: layouts[index + 1].imageStride)
            case .pixels(let product):
                run(product, &batch, images, stride: imageSize.pixelCount)
                tier.kernels.pointee.look_up(pixels.pointer, images, count * imageSize.pixelCount)
            case .foldedPixels(let product, let fold):
                run(product, fold, &batch, images, workspace)
            }
        }
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

    private func run(
        _ product: PackedGEMM, _ fold: LayerPlan.Fold, _ batch: inout dg_batch,
        _ images: UnsafeMutablePointer<UInt8>, _ workspace: Workspace
    ) {
        let sumCount = InferencePlan.sumCount(fold, product)
        product.withDescription { tier.kernels.pointee.sums($0, &batch, workspace.sums.pointer, sumCount) }
        var description = dg_fold(
            rows: Int32(fold.rows), columns: Int32(fold.columns), kernel: Int32(fold.kernel),
            stride: Int32(fold.stride), padding: Int32(fold.padding),
            sums_stride: Int32(product.paddedColumns), multiplier: fold.multiplier, offset: fold.offset,
            zero_point: Int32(fold.zeroPoint), pixels: pixels.pointer)
        for image in 0..<Int(batch.images) {
            tier.kernels.pointee.fold(
                &description, workspace.sums.pointer + image * sumCount, workspace.scratch.pointer,
                images + image * imageSize.pixelCount)
        }
    }
}
