/// Runs a convolution's work over a batch: images split over threads, and each thread's images in blocks whose
/// patches stay in cache.
package struct PatchBlocks {
    let geometry: PatchGeometry
    let parallel: Parallel

    package init(geometry: PatchGeometry, parallel: Parallel) {
        self.geometry = geometry
        self.parallel = parallel
    }

    /// Calls `body` for each block with the thread's part number, the images and room for their patches.
    package func forEach(
        images: Int,
        _ body: (_ part: Int, _ images: Range<Int>, _ patches: UnsafeMutablePointer<Float>) -> Void
    ) {
        parallel.forEachPart(of: images) { part, range in
            let block = min(geometry.imagesPerBlock, range.count)
            let patches = Tensor(uninitialized: [block * geometry.patchCount, geometry.patchSize])
            for start in stride(from: range.lowerBound, to: range.upperBound, by: block) {
                body(part, start..<min(start + block, range.upperBound), patches.pointer)
            }
        }
    }

    /// im2col of the given images of a batch of volumes.
    package func gather(
        _ images: Range<Int>, of volumes: UnsafePointer<Float>, into patches: UnsafeMutablePointer<Float>
    ) {
        let size = geometry.patchCount * geometry.patchSize
        for (index, image) in images.enumerated() {
            geometry.gather(from: volumes + image * geometry.volumeSize, into: patches + index * size)
        }
    }

    /// Writes col2im of the patches to the given images of a batch of volumes.
    package func scatter(
        _ patches: UnsafePointer<Float>, to images: Range<Int>, of volumes: UnsafeMutablePointer<Float>
    ) {
        let size = geometry.patchCount * geometry.patchSize
        for (index, image) in images.enumerated() {
            let volume = volumes + image * geometry.volumeSize
            volume.update(repeating: 0, count: geometry.volumeSize)
            geometry.scatterAdd(from: patches + index * size, into: volume)
        }
    }

    /// Sums gradients that each thread collects for itself, in the threads' order, and adds them to `gradient`.
    func collect(into gradient: Tensor, _ body: (_ partials: UnsafeMutablePointer<Float>) -> Void) {
        let partials = Tensor(repeating: 0, shape: [parallel.threads, gradient.count])
        body(partials.pointer)
        let (target, count, threads) = (gradient.pointer, gradient.count, parallel.threads)
        parallel.forEachElementRange(of: count) { range in
            for part in 0..<threads {
                let source = partials.pointer + part * count
                for index in range { target[index] += source[index] }
            }
        }
    }
}
