import DigitGen
import Platform
import DigitModel

/// Splits work over a fixed number of threads.
///
/// The split depends on the number of threads alone, never on timing, so that equal seeds and equal thread
/// counts give equal weights.
package struct Parallel: Sendable {
    /// Threads used, at least 1.
    package let threads: Int

    package init(threads: Int) {
        precondition(threads >= 1)
        self.threads = threads
    }

    /// The fewest elements of an elementwise loop that are split over threads.
    private static let minimumElements = 16_384

    /// Calls `body` once for each of at most `threads` contiguous parts of `0..<count`, concurrently, with the
    /// part's number.
    package func forEachPart(of count: Int, _ body: (_ part: Int, _ range: Range<Int>) -> Void) {
        let parts = min(threads, count)
        guard parts > 1 else {
            if count > 0 { body(0, 0..<count) }
            return
        }
        WorkerPool.shared.forEach(parts: parts) { part in
            body(part, part * count / parts..<(part + 1) * count / parts)
        }
    }

    /// `forEachPart` for elementwise loops: short ones stay on the calling thread.
    package func forEachElementRange(of count: Int, _ body: (_ range: Range<Int>) -> Void) {
        guard count >= Parallel.minimumElements else { return body(0..<count) }
        forEachPart(of: count) { _, range in body(range) }
    }
}

extension Parallel {
    /// The address space of training on one thread, and that of each further thread.
    private static let (memory, memoryPerThread) = (512 << 20, 128 << 20)

    /// Uses `threads` threads, or one per processor, if there is memory for training.
    ///
    /// OpenBLAS retries forever when it is refused a buffer, so memory is checked before the first product.
    ///
    /// - Throws: `DigitGeneratorError.notEnoughMemory`.
    package init(checkingMemoryFor threads: Int?) throws(DigitGeneratorError) {
        let threads = threads ?? Processors.count
        let bytes = Parallel.memory + (threads - 1) * Parallel.memoryPerThread
        guard FreeMemory.holds(bytes) else {
            throw .notEnoughMemory(work: "work on \(threads) thread\(threads == 1 ? "" : "s")", bytes: bytes)
        }
        self.init(threads: threads)
    }
}
