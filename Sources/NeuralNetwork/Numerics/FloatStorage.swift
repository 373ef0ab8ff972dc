import DigitGen
import DigitImaging
import Platform

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

/// Ends the program in the middle of its calculations, which nobody could go on with. Files are complete at that
/// moment: a run can be continued.
private func endWithoutMemory(_ bytes: Int) -> Never {
    StandardError.print(
        "digitgen-train: not enough memory: the system does not give \(bytes) bytes for a tensor; "
            + "choose a smaller batch or fewer threads, or raise the limit (ulimit -v)")
    _exit(EX_OSERR)
}
