import WeightBundle

/// Where an activation lies in a workspace: for each image its volume, height × width × channels without gaps.
struct ActivationLayout {
    let volume: Volume
    let zeroPoint: UInt8

    /// Products read channels in fours.
    static func paddedDepth(_ count: Int) -> Int { (count + 3) / 4 * 4 }

    /// Bytes an image: a multiple of 64, and at least 7 after the last channel, which a kernel that reads channels in
    /// eights may read (and multiplies by weights of 0).
    var imageStride: Int { (volume.count + 7 + 63) / 64 * 64 }

    /// Offset of a position's first channel.
    func offset(_ position: TapPattern.Position) -> Int {
        (position.row * volume.width + position.column) * volume.channels
    }
}
