import Platform
import Testing

@testable import DigitModel

@Suite("Free memory")
struct FreeMemoryTests {
    @Test("is there for little, and not for more than an address can say")
    func holds() {
        #expect(FreeMemory.holds(0))
        #expect(FreeMemory.holds(4 << 20))
        #expect(!FreeMemory.holds(1 << 60))
        #expect(!FreeMemory.holds(.max))
    }

    @Test("that is missing is named in whole MiB, with what can be done")
    func refusal() {
        #expect(
            BundleError.notEnoughMemory(bytes: (3 << 20) + 1).description
                == "it takes 4 MiB of memory, which the system does not give this process; "
                + "raise its limit (ulimit -v)")
        #expect(FreeMemory.refusal(3 << 20).hasPrefix("it takes 3 MiB of memory"))
    }
}
