/// The way a k × k window slides over a volume, for convolutions and transposed convolutions.
///
/// Geometry is TensorFlow's "same": the window has ⌈side / stride⌉ positions along a side; the total
/// padding is (⌈side / stride⌉ − 1) · stride + kernel − side, its smaller half before. A patch is one window's
/// elements in the order (ky, kx, channel), zero outside of the volume.
package struct PatchGeometry {
    /// The volume that windows slide over: a convolution's input, a transposed convolution's output.
    let height: Int
    let width: Int
    let channels: Int
    let kernel: Int
    let stride: Int

    package init(height: Int, width: Int, channels: Int, kernel: Int, stride: Int) {
        precondition(kernel >= stride, "a kernel smaller than its stride leaves gaps")
        self.height = height
        self.width = width
        self.channels = channels
        self.kernel = kernel
        self.stride = stride
    }

    var volumeSize: Int { height * width * channels }
    var rows: Int { positions(along: height) }
    var columns: Int { positions(along: width) }
    /// The number of windows in one image.
    var patchCount: Int { rows * columns }
    var patchSize: Int { kernel * kernel * channels }

    private func positions(along side: Int) -> Int { (side + stride - 1) / stride }

    private func paddingBefore(_ side: Int) -> Int {
        ((positions(along: side) - 1) * stride + kernel - side) / 2
    }

    /// A window's row within the volume: `length` elements that are contiguous there and in the patch.
    struct Run {
        /// The window, from 0 to `patchCount` − 1.
        let window: Int
        let patchOffset: Int
        let volumeOffset: Int
        let length: Int

        /// The run's elements in the patch.
        var inPatch: Range<Int> { patchOffset..<patchOffset + length }
    }

    /// All runs that are not only padding, window by window.
    var runs: [Run] {
        var runs: [Run] = []
        forEachRun { patchOffset, volumeOffset, leading, length, _ in
            guard length > 0 else { return }
            runs.append(
                Run(
                    window: patchOffset / patchSize, patchOffset: patchOffset % patchSize + leading,
                    volumeOffset: volumeOffset, length: length))
        }
        return runs
    }

    /// The number of images whose patches together fill about 1 MiB: large enough for the BLAS to run at full speed,
    /// small enough to stay near the core.
    var imagesPerBlock: Int { max(1, (1 << 18) / (patchCount * patchSize)) }

    /// im2col: writes the `patchCount` × `patchSize` patches of one image.
    func gather(from volume: UnsafePointer<Float>, into patches: UnsafeMutablePointer<Float>) {
        forEachRun { patchOffset, volumeOffset, leading, length, trailing in
            let target = patches + patchOffset
            for index in 0..<leading { target[index] = 0 }
            if length > 0 { (target + leading).update(from: volume + volumeOffset, count: length) }
            for index in leading + length..<leading + length + trailing { target[index] = 0 }
        }
    }

    /// col2im, the adjoint of `gather`: adds each patch element to the place it was taken from.
    func scatterAdd(from patches: UnsafePointer<Float>, into volume: UnsafeMutablePointer<Float>) {
        forEachRun { patchOffset, volumeOffset, leading, length, _ in
            let source = patches + patchOffset + leading
            let target = volume + volumeOffset
            for index in 0..<length { target[index] += source[index] }
        }
    }

    /// Calls `body` for each row of each window, which is contiguous in the volume but for what padding cuts
    /// off before (`leading`) and after (`trailing`).
    @inline(__always)
    private func forEachRun(
        _ body: (
            _ patchOffset: Int, _ volumeOffset: Int, _ leading: Int, _ length: Int, _ trailing: Int
        ) -> Void
    ) {
        let runSize = kernel * channels
        let (paddingAbove, paddingLeft) = (paddingBefore(height), paddingBefore(width))
        var patchOffset = 0
        for row in 0..<rows {
            for column in 0..<columns {
                let left = column * stride - paddingLeft
                let first = max(left, 0)
                let last = min(left + kernel, width)
                let leading = (first - left) * channels
                let length = (last - first) * channels
                for kernelRow in 0..<kernel {
                    let y = row * stride - paddingAbove + kernelRow
                    if y >= 0 && y < height {
                        body(
                            patchOffset, (y * width + first) * channels, leading, length,
                            runSize - leading - length)
                    } else {
                        body(patchOffset, 0, runSize, 0, 0)
                    }
                    patchOffset += runSize
                }
            }
        }
    }
}

/// Splits a convolution's batch over threads, and each thread's images into blocks whose patches stay in cache.
struct PatchBlocks {
    let geometry: PatchGeometry
    let parallel: Parallel

    /// Calls `body` for each block with the thread's part number, the images and room for their patches.
    func forEach(
        images: Int, _ body: (_ part: Int, _ images: Range<Int>, _ patches: Tensor) -> Void
    ) {
        parallel.forEachPart(of: images) { part, range in
            let block = min(geometry.imagesPerBlock, range.count)
            let patches = Tensor(uninitialized: [block * geometry.patchCount, geometry.patchSize])
            for start in stride(from: range.lowerBound, to: range.upperBound, by: block) {
                body(part, start..<min(start + block, range.upperBound), patches)
            }
        }
    }

    /// im2col of the given images of a batch of volumes.
    func gather(_ images: Range<Int>, of volumes: Tensor, into patches: Tensor) {
        let size = geometry.patchCount * geometry.patchSize
        for (index, image) in images.enumerated() {
            geometry.gather(
                from: volumes.pointer + image * geometry.volumeSize, into: patches.pointer + index * size)
        }
    }

    /// Writes col2im of the patches to the given images of a batch of volumes.
    func scatter(_ patches: Tensor, to images: Range<Int>, of volumes: Tensor) {
        let size = geometry.patchCount * geometry.patchSize
        for (index, image) in images.enumerated() {
            let volume = volumes.pointer + image * geometry.volumeSize
            volume.update(repeating: 0, count: geometry.volumeSize)
            geometry.scatterAdd(from: patches.pointer + index * size, into: volume)
        }
    }

    /// Sums gradients that each thread collects for itself, in the threads' order, and adds them to `gradient`.
    func collect(into gradient: Tensor, _ body: (_ partials: Tensor) -> Void) {
        let partials = Tensor(repeating: 0, shape: [parallel.threads, gradient.count])
        body(partials)
        let (target, count, threads) = (gradient.pointer, gradient.count, parallel.threads)
        parallel.forEachElementRange(of: count) { range in
            for part in 0..<threads {
                let source = partials.pointer + part * count
                for index in range { target[index] += source[index] }
            }
        }
    }
}
