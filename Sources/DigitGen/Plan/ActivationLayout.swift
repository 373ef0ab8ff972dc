import WeightBundle

/// Where an activation lies in a workspace: for each image a row of zero points, which stands for everything
/// outside of the volume, then the volume itself, height × width × channels without gaps.
struct ActivationLayout {
    let volume: Volume
    let zeroPoint: UInt8

    /// Kernels read channels in fours.
    static func paddedDepth(_ count: Int) -> Int { (count + 3) / 4 * 4 }

    /// Bytes of the row of zero points.
    var zeroRowSize: Int { ActivationLayout.paddedDepth(volume.channels) }

    /// Bytes an image: a multiple of 64, and at least 3 after the last channel, which a kernel may read (and
    /// multiplies by weights of 0).
    var imageStride: Int { (zeroRowSize + volume.count + 3 + 63) / 64 * 64 }

    /// Offset of the volume's first byte.
    var start: Int { zeroRowSize }

    /// Offset of a position's first channel; that of the row of zero points outside of the volume.
    func offset(row: Int, column: Int) -> Int {
        guard row >= 0, row < volume.height, column >= 0, column < volume.width else { return 0 }
        return start + (row * volume.width + column) * volume.channels
    }
}
