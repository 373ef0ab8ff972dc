/// The linear map between volumes and the features of their windows, and its adjoint. A convolution maps volumes to
/// features; a transposed convolution maps features to volumes.
///
/// Volumes are [N, height, width, channels], features [N, windows, features], the kernel K is a matrix of
/// patch size × features. With P(v) the patches of v:
/// - features = P(v) · K
/// - volumes = Pᵀ(f · Kᵀ)
/// - dK = P(v)ᵀ · f
///
/// Wide windows are read in place: one product over all images for each row of each window. Nothing is copied, and
/// products with padding are skipped (31 % of the work on 7 × 7 with a 5 × 5 window). For narrow windows such products
/// would be too small; im2col gathers their patches in blocks that stay in cache.
package struct WindowProduct {
    /// The order of the kernel's numbers in memory.
    package enum KernelOrder: Sendable {
        /// Patch size × features.
        case patchFirst
        /// Features × patch size.
        case featuresFirst
    }

    let geometry: PatchGeometry
    private let features: Int
    private let order: KernelOrder
    private let parallel: Parallel
    private let blocks: PatchBlocks
    private let runs: [PatchGeometry.Run]

    /// The least number of elements in a window's row for which products by rows are faster than im2col.
    private static let wideRow = 96

    /// - Parameter byRows: whether to multiply by rows instead of im2col; both give the same up to rounding.
    package init(
        geometry: PatchGeometry, features: Int, kernelOrder: KernelOrder, parallel: Parallel,
        byRows: Bool? = nil
    ) {
        self.geometry = geometry
        self.features = features
        order = kernelOrder
        self.parallel = parallel
        blocks = PatchBlocks(geometry: geometry, parallel: parallel)
        runs = byRows ?? (geometry.kernel * geometry.channels >= Self.wideRow) ? geometry.runs : []
    }

    private var isWide: Bool { !runs.isEmpty }
    private var featuresSize: Int { geometry.patchCount * features }

    /// features ← P(volumes) · kernel.
    package func setFeatures(_ features: Tensor, volumes: Tensor, kernel: Tensor) {
        let kernel = matrix(kernel)
        guard isWide else {
            return blocks.forEach(images: volumes.batch) { _, images, patches in
                blocks.gather(images, of: volumes, into: patches)
                multiply(patchMatrix(patches, images), kernel, into: featureMatrix(features, images))
            }
        }
        parallel.forEachPart(of: volumes.batch) { _, images in
            var window = -1
            for run in runs {
                multiply(
                    elements(volumes, images, run), kernel.rows(run.inPatch),
                    into: windowFeatures(features, images, run), beta: run.window == window ? 1 : 0)
                window = run.window
            }
        }
    }

    /// volumes ← Pᵀ(features · kernelᵀ).
    package func setVolumes(_ volumes: Tensor, features: Tensor, kernel: Tensor) {
        let kernel = matrix(kernel)
        guard isWide else {
            return blocks.forEach(images: volumes.batch) { _, images, patches in
                multiply(
                    featureMatrix(features, images), kernel.transposed, into: patchMatrix(patches, images))
                blocks.scatter(patches, to: images, of: volumes)
            }
        }
        parallel.forEachPart(of: volumes.batch) { _, images in
            let size = geometry.volumeSize
            (volumes.pointer + images.lowerBound * size).update(repeating: 0, count: images.count * size)
            for run in runs {
                multiply(
                    windowFeatures(features, images, run), kernel.rows(run.inPatch).transposed,
                    into: elements(volumes, images, run), beta: 1)
            }
        }
    }

    /// gradient += P(volumes)ᵀ · features, in the kernel's order.
    func addKernelGradient(_ gradient: Tensor, volumes: Tensor, features: Tensor) {
        blocks.collect(into: gradient) { partials in
            guard isWide else {
                return blocks.forEach(images: volumes.batch) { part, images, patches in
                    blocks.gather(images, of: volumes, into: patches)
                    multiply(
                        patchMatrix(patches, images).transposed, featureMatrix(features, images),
                        into: matrix(partials, from: part * gradient.count), beta: 1)
                }
            }
            parallel.forEachPart(of: volumes.batch) { part, images in
                let sum = matrix(partials, from: part * gradient.count)
                for run in runs {
                    multiply(
                        elements(volumes, images, run).transposed, windowFeatures(features, images, run),
                        into: sum.rows(run.inPatch), beta: 1)
                }
            }
        }
    }

    /// c ← a · b + beta · c on the calling thread.
    private func multiply(_ a: MatrixView, _ b: MatrixView, into c: MatrixView, beta: Float = 0) {
        NeuralNetwork.multiply(a, b, into: c, beta: beta, precision: parallel.precision)
    }

    /// The kernel's matrix in the memory of a tensor.
    private func matrix(_ kernel: Tensor, from offset: Int = 0) -> MatrixView {
        switch order {
        case .patchFirst: MatrixView(kernel, from: offset, rows: geometry.patchSize, columns: features)
        case .featuresFirst:
            MatrixView(kernel, from: offset, rows: features, columns: geometry.patchSize).transposed
        }
    }

    private func patchMatrix(_ patches: Tensor, _ images: Range<Int>) -> MatrixView {
        MatrixView(patches, rows: images.count * geometry.patchCount, columns: geometry.patchSize)
    }

    private func featureMatrix(_ features: Tensor, _ images: Range<Int>) -> MatrixView {
        MatrixView(
            features, from: images.lowerBound * featuresSize, rows: images.count * geometry.patchCount,
            columns: self.features)
    }

    /// A run's elements in all images, a row for each.
    private func elements(
        _ volumes: Tensor, _ images: Range<Int>, _ run: PatchGeometry.Run
    ) -> MatrixView {
        MatrixView(
            volumes, from: images.lowerBound * geometry.volumeSize + run.volumeOffset, rows: images.count,
            columns: run.length, stride: geometry.volumeSize)
    }

    /// The features of a run's window in all images, a row for each.
    private func windowFeatures(
        _ features: Tensor, _ images: Range<Int>, _ run: PatchGeometry.Run
    ) -> MatrixView {
        MatrixView(
            features, from: images.lowerBound * featuresSize + run.window * self.features,
            rows: images.count, columns: self.features, stride: featuresSize)
    }
}
