import Platform
import Testing

@Suite("Locked value")
struct LockedTests {
    @Test("loses no change of several threads")
    func everyChange() {
        let count = Locked(0)
        runOnThreads(4) { for _ in 0..<10_000 { count.withLock { $0 += 1 } } }
        #expect(count.withLock { $0 } == 40_000)
    }
}
