/// The linear map between volumes and the features of their windows, and its adjoint. A convolution maps volumes to
/// features; a transposed convolution maps features to volumes.
///
/// Volumes are [N, height, width, channels], features [N, windows, features], the kernel is a matrix of
/// patch size × features (stored so or transposed). With P(v) the patches of v:
/// - features = P(v) · K
/// - volumes = Pᵀ(f · Kᵀ)
/// - dK = P(v)ᵀ · f
///
/// Wide windows are read in place: one product over all images for each row of each window. Nothing is copied, and
/// products with padding are skipped (31 % of the work on 7 × 7 with a 5 × 5 window). For narrow windows such products
/// would be too small; im2col gathers their patches in blocks that stay in cache.
struct WindowProduct {
    let geometry: PatchGeometry
    let features: Int
    let parallel: Parallel
    private let blocks: PatchBlocks
    private let runs: [PatchGeometry.Run]

    /// The least number of elements in a window's row for which products by rows are faster than im2col.
    private static let wideRow = 96

    /// - Parameter byRows: whether to multiply by rows instead of im2col; both give the same up to rounding.
    init(geometry: PatchGeometry, features: Int, parallel: Parallel, byRows: Bool? = nil) {
        self.geometry = geometry
        self.features = features
        self.parallel = parallel
        blocks = PatchBlocks(geometry: geometry, parallel: parallel)
        runs = byRows ?? (geometry.kernel * geometry.channels >= Self.wideRow) ? geometry.runs : []
    }

    private var isWide: Bool { !runs.isEmpty }
    private var featuresSize: Int { geometry.patchCount * features }

    /// features ← P(volumes) · kernel.
    func setFeatures(_ features: Tensor, volumes: Tensor, kernel: MatrixView) {
        guard isWide else {
            return blocks.forEach(images: volumes.batch) { _, images, patches in
                blocks.gather(images, of: volumes.pointer, into: patches)
                multiply(patchMatrix(patches, images), kernel, into: featureMatrix(features, images))
            }
        }
        parallel.forEachPart(of: volumes.batch) { _, images in
            var window = -1
            for run in runs {
                multiply(
                    elements(volumes, images, run), kernel.logicalRows(run.inPatch),
                    into: windowFeatures(features, images, run), beta: run.window == window ? 1 : 0)
                window = run.window
            }
        }
    }

    /// volumes ← Pᵀ(features · kernelᵀ).
    func setVolumes(_ volumes: Tensor, features: Tensor, kernel: MatrixView) {
        guard isWide else {
            return blocks.forEach(images: volumes.batch) { _, images, patches in
                multiply(
                    featureMatrix(features, images), kernel.transposed, into: patchMatrix(patches, images))
                blocks.scatter(patches, to: images, of: volumes.pointer)
            }
        }
        parallel.forEachPart(of: volumes.batch) { _, images in
            let size = geometry.volumeSize
            (volumes.pointer + images.lowerBound * size).update(repeating: 0, count: images.count * size)
            for run in runs {
                multiply(
                    windowFeatures(features, images, run), kernel.logicalRows(run.inPatch).transposed,
                    into: elements(volumes, images, run), beta: 1)
            }
        }
    }

    /// gradient += P(volumes)ᵀ · features; `kernel` views the memory of `gradient` as the kernel's matrix.
    func addKernelGradient(
        _ gradient: Tensor, volumes: Tensor, features: Tensor,
        kernel: (UnsafeMutablePointer<Float>) -> MatrixView
    ) {
        blocks.collect(into: gradient) { partials in
            guard isWide else {
                return blocks.forEach(images: volumes.batch) { part, images, patches in
                    blocks.gather(images, of: volumes.pointer, into: patches)
                    multiply(
                        patchMatrix(patches, images).transposed, featureMatrix(features, images),
                        into: kernel(partials + part * gradient.count), beta: 1)
                }
            }
            parallel.forEachPart(of: volumes.batch) { part, images in
                let sum = kernel(partials + part * gradient.count)
                for run in runs {
                    multiply(
                        elements(volumes, images, run).transposed, windowFeatures(features, images, run),
                        into: sum.logicalRows(run.inPatch), beta: 1)
                }
            }
        }
    }

    private func patchMatrix(_ patches: UnsafeMutablePointer<Float>, _ images: Range<Int>) -> MatrixView {
        MatrixView(patches, rows: images.count * geometry.patchCount, columns: geometry.patchSize)
    }

    private func featureMatrix(_ features: Tensor, _ images: Range<Int>) -> MatrixView {
        MatrixView(
            features.pointer + images.lowerBound * featuresSize, rows: images.count * geometry.patchCount,
            columns: self.features)
    }

    /// A run's elements in all images, a row for each.
    private func elements(
        _ volumes: Tensor, _ images: Range<Int>, _ run: PatchGeometry.Run
    ) -> MatrixView {
        MatrixView(
            volumes.pointer + images.lowerBound * geometry.volumeSize + run.volumeOffset, rows: images.count,
            columns: run.length, stride: geometry.volumeSize)
    }

    /// The features of a run's window in all images, a row for each.
    private func windowFeatures(
        _ features: Tensor, _ images: Range<Int>, _ run: PatchGeometry.Run
    ) -> MatrixView {
        MatrixView(
            features.pointer + images.lowerBound * featuresSize + run.window * self.features,
            rows: images.count, columns: self.features, stride: featuresSize)
    }
}
