import Dispatch
import Platform
import Synchronization

/// How layers compute: work is split over a fixed number of threads, and products have a precision.
///
/// The split depends on the number of threads alone, never on timing, so that equal seeds and equal thread
/// counts give equal weights.
package struct Parallel: Sendable {
    /// The number of threads used, at least 1.
    package let threads: Int
    /// Of the layers' products.
    package let precision: Precision

    /// - Parameter threads: by default one for each processor.
    package init(threads: Int = Processors.count, precision: Precision = .float32) {
        precondition(threads >= 1)
        self.threads = threads
        self.precision = precision
    }

    /// As many threads, and products in another precision.
    package func with(_ precision: Precision) -> Parallel {
        Parallel(threads: threads, precision: precision)
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

/// Threads that share the parts of a job, and spin briefly before blocking when there is none.
///
/// A training step is a hundred jobs of about ten microseconds each, and waking a thread takes as long as one of them.
final class WorkerPool: @unchecked Sendable {
    /// The seconds that a thread spins before it blocks: several times the pause between two jobs of a step.
    private static let patience = 100e-6

    private typealias Body = (_ part: Int) -> Void

    private let isTaken = Atomic<Bool>(false)
    /// The current job's body. It is written before `unclaimed`, and read only by threads that have claimed a part and
    /// not yet counted down `unfinished`.
    private var body: Body?
    /// The number of parts not begun. A thread claims a part by decrementing it; the new value is the part's number.
    private let unclaimed = Atomic<Int>(0)
    /// The number of parts not done.
    private let unfinished = Atomic<Int>(0)

    private let sleepers = Atomic<Int>(0)
    private let bell = DispatchSemaphore(value: 0)
    private let isAwaited = Atomic<Bool>(false)
    private let end = DispatchSemaphore(value: 0)

    /// The process's pool: one thread per processor, less one for the caller. They end with the process.
    static let shared = WorkerPool(workers: Processors.count - 1)

    /// If the system refuses a thread there are fewer workers, and the caller does more of the parts.
    init(workers: Int) {
        for _ in 0..<workers {
            guard let thread = Thread.start({ self.serve() }) else { return }
            thread.detach()
        }
    }

    /// Calls `body` once for each of 0..<parts, concurrently, on the workers and on the calling thread. While the pool
    /// works for another caller, the calling thread does all parts itself.
    func forEach(parts: Int, _ body: (_ part: Int) -> Void) {
        guard !isTaken.exchange(true, ordering: .acquiring) else {
            for part in 0..<parts { body(part) }
            return
        }
        withoutActuallyEscaping(body) { body in
            self.body = body
            unfinished.store(parts, ordering: .relaxed)
            unclaimed.store(parts, ordering: .sequentiallyConsistent)
            wake(parts - 1)
            while runPart() {}
            awaitEnd()
            self.body = nil
        }
        isTaken.store(false, ordering: .releasing)
    }

    /// The loop of a worker.
    private func serve() -> Never {
        while true {
            if !runPart() { awaitWork() }
        }
    }

    /// Does one part, if there is one to begin.
    private func runPart() -> Bool {
        var left = unclaimed.load(ordering: .relaxed)
        while left > 0 {
            let (claimed, current) = unclaimed.weakCompareExchange(
                expected: left, desired: left - 1, ordering: .acquiring)
            guard claimed else {
                left = current
                continue
            }
            callBody(left - 1)
            if unfinished.subtract(1, ordering: .sequentiallyConsistent).newValue == 0,
                isAwaited.exchange(false, ordering: .sequentiallyConsistent)
            {
                end.signal()
            }
            return true
        }
        return false
    }

    /// Not inlined, so that no reference to the closure is held when the part is counted as done.
    @inline(never)
    private func callBody(_ part: Int) {
        body?(part)
    }

    private func wake(_ wanted: Int) {
        for _ in 0..<wanted {
            guard takeSleeper() else { return }
            bell.signal()
        }
    }

    /// Returns when there may be a part to do.
    private func awaitWork() {
        guard !watch({ self.unclaimed.load(ordering: .relaxed) > 0 }) else { return }
        sleepers.add(1, ordering: .sequentiallyConsistent)
        // A caller that saw no sleeper just before has stored its parts by now: then do not sleep. If a caller has
        // already counted this thread as woken, its signal must be consumed.
        if unclaimed.load(ordering: .sequentiallyConsistent) > 0, takeSleeper() { return }
        bell.wait()
    }

    /// Counts one thread as woken; false if none sleeps that is not.
    private func takeSleeper() -> Bool {
        var sleeping = sleepers.load(ordering: .sequentiallyConsistent)
        while sleeping > 0 {
            let (isOurs, current) = sleepers.weakCompareExchange(
                expected: sleeping, desired: sleeping - 1, ordering: .sequentiallyConsistent)
            if isOurs { return true }
            sleeping = current
        }
        return false
    }

    /// Returns when all parts are done.
    private func awaitEnd() {
        let isDone = { self.unfinished.load(ordering: .acquiring) == 0 }
        guard !watch(isDone) else { return }
        // A worker of an earlier job may signal late, so check again after each signal.
        while !isDone() {
            isAwaited.store(true, ordering: .sequentiallyConsistent)
            if unfinished.load(ordering: .sequentiallyConsistent) == 0,
                isAwaited.exchange(false, ordering: .sequentiallyConsistent)
            {
                return
            }
            end.wait()
        }
    }

    /// Waits until the condition holds; false if it does not soon.
    @inline(__always)
    private func watch(_ condition: () -> Bool) -> Bool {
        let deadline = SystemClock.now + WorkerPool.patience
        repeat {
            if condition() { return true }
        } while SystemClock.now < deadline
        return false
    }
}
