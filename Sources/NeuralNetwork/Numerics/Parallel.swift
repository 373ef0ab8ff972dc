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

    /// Ranges shorter than this are not worth a second thread (elements of an elementwise loop).
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
