import Platform
import Synchronization
import Testing

@Suite("Ordered work")
struct OrderedWorkTests {
    private struct Failure: Error, Equatable {
        let number: Int
    }

    @Test("products come in the order of their inputs, whichever is made first", arguments: [1, 2, 3, 8])
    func order(threads: Int) throws {
        var inputs = (0..<500).makeIterator()
        var taken: [Int] = []
        try inOrder(threads: threads, next: { inputs.next() }) { input in
            // Every tenth takes longer than those after it.
            if input % 10 == 0 { usleep(1000) }
            return input * 2
        } take: {
            taken.append($0)
        }
        #expect(taken == (0..<500).map { $0 * 2 })
    }

    @Test("without inputs nothing is made", arguments: [1, 4])
    func empty(threads: Int) throws {
        try inOrder(threads: threads, next: { nil as Int? }) {
            $0
        } take: { _ in
            Issue.record("a product")
        }
    }

    @Test("few products wait, however slowly they are taken", arguments: [2, 4])
    func bound(threads: Int) throws {
        let waiting = Atomic(0)
        let most = Atomic(0)
        var inputs = (0..<100).makeIterator()
        try inOrder(threads: threads, next: { inputs.next() }) { input in
            let now = waiting.add(1, ordering: .relaxed).newValue
            most.max(now, ordering: .relaxed)
            return input
        } take: { _ in
            usleep(200)
            waiting.subtract(1, ordering: .relaxed)
        }
        #expect(most.load(ordering: .relaxed) <= 3 * threads + 3)
    }

    @Test("the first input's error ends the work, after the products before it", arguments: [1, 2, 5])
    func failingMake(threads: Int) {
        var inputs = (0..<100).makeIterator()
        var taken: [Int] = []
        #expect(throws: Failure(number: 40)) {
            try inOrder(threads: threads, next: { inputs.next() }) { input in
                if input == 40 { usleep(2000) }
                if input >= 40 { throw Failure(number: input) }
                return input
            } take: {
                taken.append($0)
            }
        }
        #expect(taken == Array(0..<40))
    }

    @Test("an error of the inputs comes after the products before it", arguments: [1, 2, 5])
    func failingNext(threads: Int) {
        var count = 0
        var taken: [Int] = []
        #expect(throws: Failure(number: 30)) {
            try inOrder(
                threads: threads,
                next: {
                    guard count < 30 else { throw Failure(number: count) }
                    count += 1
                    return count
                }
            ) {
                $0
            } take: {
                taken.append($0)
            }
        }
        #expect(taken == Array(1...30))
    }

    @Test("an error of who takes ends the work, and no thread is left", arguments: [1, 2, 5])
    func failingTake(threads: Int) {
        let running = Atomic(0)
        var count = 0
        #expect(throws: Failure(number: 7)) {
            try inOrder(
                threads: threads,
                next: {
                    count += 1
                    return count
                }
            ) { input in
                running.add(1, ordering: .relaxed)
                defer { running.subtract(1, ordering: .relaxed) }
                usleep(100)
                return input
            } take: {
                if $0 == 7 { throw Failure(number: 7) }
            }
        }
        #expect(running.load(ordering: .relaxed) == 0)
        let begun = count
        usleep(5000)
        #expect(count == begun)
    }
}
