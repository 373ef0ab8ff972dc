import DigitGen
import Platform
import WeightBundle

extension Parallel {
    /// Address space that every model trains in on one thread, and what each further thread adds.
    private static let (memory, memoryPerThread) = (512 << 20, 128 << 20)

    /// As many threads as asked for, or all that there are, if the system gives the memory that training takes.
    ///
    /// OpenBLAS never stops asking for a buffer that it is refused, so this must be known before the first product.
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
