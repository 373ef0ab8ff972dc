import WeightBundle

/// The memory in which one thread runs a plan: activations of a group of images between the layers.
final class Workspace {
    /// One for the latent and for the input of each further layer, each `groupSize` images.
    let activations: [AlignedBuffer<UInt8>]
    /// One of them as a tier reads it that does not read bytes; else empty.
    let prepared: AlignedBuffer<UInt8>
    /// A number for each of its elements, for what such a tier computes of them.
    let terms: AlignedBuffer<Int32>
    /// Tap sums of one group, and an image to add them up in; empty without a folded last layer.
    let sums: AlignedBuffer<Int32>
    let scratch: AlignedBuffer<Int32>
    /// Accumulator starts of each image of a group.
    var starts: [UnsafePointer<Int32>?]
    /// Starts between those of two digits, one array for each image of a group; made when the first is needed.
    private var mixed: [AlignedBuffer<Int32>] = []

    init(layouts: [ActivationLayout], groupSize: Int, sumCount: Int, scratchCount: Int, tier: KernelTier) {
        let largest = layouts.map(\.imageStride).max() ?? 0
        prepared = AlignedBuffer(count: tier.preparesInput ? largest * groupSize * tier.inputSize : 0)
        terms = AlignedBuffer(count: tier.preparesInput ? largest * groupSize : 0)
        activations = layouts.map { AlignedBuffer(count: $0.imageStride * groupSize) }
        sums = AlignedBuffer(count: sumCount * groupSize)
        scratch = AlignedBuffer(count: scratchCount)
        starts = [UnsafePointer<Int32>?](repeating: nil, count: groupSize)
    }

    /// Room for `count` starts of an image of the group.
    func mixedStarts(_ image: Int, count: Int) -> UnsafeMutableBufferPointer<Int32> {
        if mixed.isEmpty { mixed = starts.map { _ in AlignedBuffer(count: count) } }
        return UnsafeMutableBufferPointer(start: mixed[image].pointer, count: count)
    }
}
