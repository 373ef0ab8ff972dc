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
