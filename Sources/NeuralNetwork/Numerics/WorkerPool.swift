import DigitGen
import Dispatch
import Platform
import Synchronization

/// Threads that wait for the parts of a job, and keep their eyes open for the next one for a while before they sleep.
///
/// A training step is a hundred jobs of some ten microseconds each, one after the other. To wake a thread takes
/// as long as that.
final class WorkerPool: @unchecked Sendable {
    /// How long a thread looks for work, or for the end of it, before it sleeps: several times the pause between two
    /// jobs of a step, and nothing beside an epoch.
    private static let patienceNanoseconds: UInt64 = 100_000

    private typealias Body = (_ part: Int) -> Void

    private let isTaken = Atomic<Bool>(false)
    /// Of the job at hand. Written before `unclaimed` is, read by those who have claimed a part of it; they are done
    /// with it when they count down `unfinished`.
    private var body: Body?
    /// Parts that nobody has begun. Who takes one off has the part of the number that is left.
    private let unclaimed = Atomic<Int>(0)
    /// Parts that are not done.
    private let unfinished = Atomic<Int>(0)

    private let sleepers = Atomic<Int>(0)
    private let bell = DispatchSemaphore(value: 0)
    private let isAwaited = Atomic<Bool>(false)
    private let end = DispatchSemaphore(value: 0)

    /// The process's pool: a thread for each processor but one, for there is always a caller, too. They end with the
    /// process.
    static let shared = WorkerPool(workers: Processors.count - 1)

    /// If the system refuses threads there are fewer workers than asked for, and the caller does more of the parts.
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

    /// What a worker does, for ever.
    private func serve() -> Never {
        while true {
            if !runPart() { awaitWork() }
        }
    }

    /// Does a part if there is one that nobody has begun.
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

    /// A call of its own, so that no reference to the closure is held when the part is counted as done.
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
        // A caller that looked for sleepers just before has its parts in `unclaimed` by now: then do not sleep, unless
        // another has counted this thread as woken. Its bell is taken all the same.
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
        // A worker of an earlier job may signal late: so look again after each.
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
        let deadline = now() + WorkerPool.patienceNanoseconds
        repeat {
            if condition() { return true }
        } while now() < deadline
        return false
    }

    private func now() -> UInt64 {
        DispatchTime.now().uptimeNanoseconds
    }
}
