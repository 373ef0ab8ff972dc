import Platform
import Testing

@testable import NeuralNetwork

@Suite("Worker pool")
struct WorkerPoolTests {
    @Test("does every part of every job once, with more parts than workers and fewer", arguments: [0, 1, 3])
    func everyPartOnce(workers: Int) {
        let pool = WorkerPool(workers: workers)
        for job in 0..<2000 {
            let parts = 1 + job % 7
            let counts = Counts(parts)
            pool.forEach(parts: parts) { counts.add(to: $0) }
            #expect(counts.values == [Int](repeating: 1, count: parts), "job \(job)")
        }
    }

    @Test("finds its workers again after they have gone to sleep")
    func afterSleep() async throws {
        let pool = WorkerPool(workers: 2)
        for round in 0..<5 {
            let (counts, lonely, meeting) = (Counts(3), Counts(3), Meeting())
            pool.forEach(parts: 3) { part in
                counts.add(to: part)
                if !meeting.waitForAnother() { lonely.add(to: part) }
            }
            #expect(counts.values == [1, 1, 1])
            try #require(lonely.values == [0, 0, 0], "nobody came to help the caller in round \(round)")
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    @Test("waits for a part that takes longer than anybody watches")
    func longPart() {
        let pool = WorkerPool(workers: 1)
        let counts = Counts(2)
        for _ in 0..<3 {
            pool.forEach(parts: 2) { part in
                if part == 0 { spin(milliseconds: 3) }
                counts.add(to: part)
            }
        }
        #expect(counts.values == [3, 3])
    }

    @Test("serves callers that come at the same time, and jobs within a part")
    func callers() async {
        let pool = WorkerPool(workers: 2)
        let counts = Counts(12)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<300 {
                        pool.forEach(parts: 3) { outer in
                            pool.forEach(parts: 4) { inner in counts.add(to: outer * 4 + inner) }
                        }
                    }
                }
            }
        }
        #expect(counts.values == [Int](repeating: 1200, count: 12))
    }
}

/// How often something happened to each of some numbers.
private final class Counts: Sendable {
    private let storage: Locked<[Int]>

    init(_ count: Int) {
        storage = Locked([Int](repeating: 0, count: count))
    }

    var values: [Int] { storage.withLock { $0 } }

    func add(to index: Int) {
        storage.withLock { $0[index] += 1 }
    }
}

/// Parts of a job that wait for each other, and so need two threads.
private final class Meeting: Sendable {
    private let begun = Locked(0)

    /// Counts a part as begun, and waits until another one has; false if none does for so long that it never will, even
    /// on a busy machine.
    func waitForAnother() -> Bool {
        begun.withLock { $0 += 1 }
        let end = ContinuousClock.now + .seconds(30)
        while begun.withLock({ $0 }) < 2 {
            guard ContinuousClock.now < end else { return false }
            usleep(100)
        }
        return true
    }
}

private func spin(milliseconds: Int) {
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    while ContinuousClock.now < end {}
}
