import Platform

/// A dense float32 array of fixed shape in row-major order, the first axis being the batch.
///
/// Copies share storage: a tensor is a view of a buffer that layers fill once and then only read.
package struct Tensor {
    package let shape: [Int]
    @usableFromInline let storage: FloatStorage

    /// A tensor whose elements are not initialized.
    package init(uninitialized shape: [Int]) {
        self.shape = shape
        storage = FloatStorage(count: shape.reduce(1, *))
    }

    /// A tensor of equal elements.
    package init(repeating value: Float, shape: [Int]) {
        self.init(uninitialized: shape)
        pointer.update(repeating: value, count: count)
    }

    /// A tensor with the given elements; their number must be the product of `shape`.
    package init(_ elements: [Float], shape: [Int]) {
        precondition(elements.count == shape.reduce(1, *), "\(elements.count) elements for shape \(shape)")
        self.init(uninitialized: shape)
        elements.withUnsafeBufferPointer { source in
            guard let base = source.baseAddress else { return }
            pointer.update(from: base, count: source.count)
        }
    }

    private init(shape: [Int], sharing storage: FloatStorage) {
        self.shape = shape
        self.storage = storage
    }

    /// The number of elements.
    @inlinable package var count: Int { storage.count }

    /// The length of the first axis.
    @inlinable package var batch: Int { shape[0] }

    /// The number of elements in one entry of the batch.
    @inlinable package var rowSize: Int { batch == 0 ? 0 : count / batch }

    /// The elements, valid while the tensor lives.
    @inlinable package var pointer: UnsafeMutablePointer<Float> { storage.pointer }

    /// The elements as an array.
    package var elements: [Float] { Array(UnsafeBufferPointer(start: pointer, count: count)) }

    /// The same storage under another shape of as many elements.
    package func reshaped(_ shape: [Int]) -> Tensor {
        precondition(shape.reduce(1, *) == count, "shape \(shape) does not have \(count) elements")
        return Tensor(shape: shape, sharing: storage)
    }

    /// A copy of `rows` of the first axis.
    package func rows(_ rows: Range<Int>) -> Tensor {
        let result = Tensor(uninitialized: [rows.count] + shape.dropFirst())
        result.pointer.update(from: pointer + rows.lowerBound * rowSize, count: result.count)
        return result
    }

    /// The given tensors joined along the first axis; all others must agree.
    package static func concatenated(_ parts: [Tensor]) -> Tensor {
        let tail = parts[0].shape.dropFirst()
        precondition(parts.allSatisfy { $0.shape.dropFirst() == tail })
        let result = Tensor(uninitialized: [parts.reduce(0) { $0 + $1.batch }] + tail)
        var target = result.pointer
        for part in parts {
            target.update(from: part.pointer, count: part.count)
            target += part.count
        }
        return result
    }
}

/// Cache-line-aligned memory of a tensor, taken from and returned to a pool.
///
/// A training step makes the same few dozen large buffers over and over. Given back to the system they
/// would be unmapped, and mapped and cleared page by page again at the next step.
@usableFromInline
final class FloatStorage {
    @usableFromInline let count: Int
    @usableFromInline let pointer: UnsafeMutablePointer<Float>

    init(count: Int) {
        self.count = count
        pointer = FloatStorage.pool.withLock { $0.take(count) }
    }

    deinit {
        let released = PooledBuffer(pointer: pointer)
        FloatStorage.pool.withLock { $0.put(released, count: count) }
    }

    private static let pool = Locked(Pool())

    private struct PooledBuffer: @unchecked Sendable {
        let pointer: UnsafeMutablePointer<Float>
    }

    private struct Pool: ~Copyable, Sendable {
        private var free: [Int: [PooledBuffer]] = [:]

        mutating func take(_ count: Int) -> UnsafeMutablePointer<Float> {
            if let buffer = free[count]?.popLast() { return buffer.pointer }
            var raw: UnsafeMutableRawPointer?
            let bytes = max(count, 1) * MemoryLayout<Float>.stride
            guard posix_memalign(&raw, 64, bytes) == 0, let raw else { endWithoutMemory(bytes) }
            return raw.bindMemory(to: Float.self, capacity: max(count, 1))
        }

        mutating func put(_ buffer: PooledBuffer, count: Int) {
            free[count, default: []].append(buffer)
        }
    }
}

/// Ends the program in the middle of a calculation. Files are complete at that moment, so a run can be continued.
private func endWithoutMemory(_ bytes: Int) -> Never {
    StandardError.print(
        "digitgen-train: not enough memory for a tensor of \(bytes) bytes; "
            + "choose a smaller batch or fewer threads, or raise the limit (ulimit -v)")
    _exit(EX_OSERR)
}
