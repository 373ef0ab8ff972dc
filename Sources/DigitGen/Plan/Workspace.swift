import CKernels
import DigitModel

/// The memory in which one thread runs a plan: activations of a group of images between the layers.
final class Workspace {
    /// One for the latent and for the input of each further layer, each `groupSize` images.
    let activations: [AlignedBuffer<UInt8>]
    /// One of them as a tier reads it that does not read bytes; else empty.
    let prepared: AlignedBuffer<UInt8>
    /// A number for each of its elements, for what such a tier computes of them.
    let terms: AlignedBuffer<Int32>
    /// Tap sums of one image, and an image to add them up in; empty without a folded last layer.
    let sums: AlignedBuffer<Int32>
    let scratch: AlignedBuffer<Int32>
    /// The field of one image of a generator of ink, in lines of `DG_FIELD_STRIDE`.
    let field: AlignedBuffer<Int32>
    /// The scans that the images of a group are taken for, of a generator of ink.
    var sources: [dg_source]
    /// Accumulator starts of each image of a group.
    var starts: [UnsafePointer<Int32>?]
    /// Starts between those of two digits, one array for each image of a group; made when the first is needed.
    private var mixed: [AlignedBuffer<Int32>] = []

    init(layouts: [ActivationLayout], groupSize: Int, sumCount: Int, scratchCount: Int, tier: KernelTier) {
        let largest = layouts.map { $0.imageStride }.max() ?? 0
        prepared = AlignedBuffer(count: tier.preparesInput ? largest * groupSize * tier.inputSize : 0)
        terms = AlignedBuffer(count: tier.preparesInput ? largest * groupSize : 0)
        activations = layouts.map { AlignedBuffer(count: $0.imageStride * groupSize) }
        sums = AlignedBuffer(count: sumCount)
        scratch = AlignedBuffer(count: scratchCount)
        field = AlignedBuffer(count: scratchCount > 0 ? InferencePlan.fieldCount : 0)
        sources = [dg_source](repeating: dg_source(), count: groupSize)
        starts = [UnsafePointer<Int32>?](repeating: nil, count: groupSize)
    }

    /// Room for `count` starts of an image of the group.
    func mixedStarts(_ image: Int, count: Int) -> UnsafeMutableBufferPointer<Int32> {
        if mixed.isEmpty { mixed = starts.map { _ in AlignedBuffer(count: count) } }
        return UnsafeMutableBufferPointer(start: mixed[image].pointer, count: count)
    }
}

/// The layout of an activation in a workspace: per image height × width × channels, without gaps.
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

/// Memory on a cache line's boundary.
///
/// Filled by its owner before others see it; the plan never writes to it afterwards.
final class AlignedBuffer<Element: BitwiseCopyable>: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<Element>
    let count: Int

    /// For an owner that writes all elements before any is read.
    init(uninitializedCount count: Int) {
        self.count = count
        let raw = UnsafeMutableRawPointer.allocate(
            byteCount: AlignedBuffer.byteCount(count), alignment: 64)
        pointer = raw.bindMemory(to: Element.self, capacity: max(count, 1))
    }

    /// Zeros.
    convenience init(count: Int) {
        self.init(uninitializedCount: count)
        UnsafeMutableRawPointer(pointer).initializeMemory(
            as: UInt8.self, repeating: 0, count: AlignedBuffer.byteCount(count))
    }

    /// The elements, then zeros up to `count` of them.
    convenience init(_ elements: [Element], count: Int) {
        precondition(elements.count <= count)
        self.init(count: count)
        elements.withUnsafeBufferPointer { source in
            if let base = source.baseAddress { pointer.update(from: base, count: source.count) }
        }
    }

    convenience init(_ elements: [Element]) {
        self.init(elements, count: elements.count)
    }

    deinit {
        UnsafeMutableRawPointer(pointer).deallocate()
    }

    private static func byteCount(_ count: Int) -> Int {
        (max(count, 1) * MemoryLayout<Element>.stride + 63) / 64 * 64
    }
}
