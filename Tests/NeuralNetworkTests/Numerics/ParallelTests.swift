import DigitGen
import Platform
import Testing

@testable import NeuralNetwork

@Suite("Threads")
struct ParallelTests {
    @Test("are as many as asked for, or all that there are")
    func counts() throws {
        #expect(try Parallel(checkingMemoryFor: 3).threads == 3)
        #expect(try Parallel(checkingMemoryFor: nil).threads == Processors.count)
    }

    @Test("for which no memory can be had are refused with what they would take")
    func memory() {
        let error = #expect(throws: DigitGeneratorError.self) { try Parallel(checkingMemoryFor: 1 << 30) }
        #expect(
            error?.description
                == "work on 1073741824 threads failed: it takes 137438953856 MiB of memory, which the system "
                + "does not give this process; raise its limit (ulimit -v)")
    }
}
