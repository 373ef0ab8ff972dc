import CKernels
import Platform

extension KernelTier {
    /// Rounds of the peak loop in one measurement, some 10 to 100 µs.
    private static let peakRounds: UInt64 = 10_000

    /// 10⁹ multiply-accumulates a second of the tier's multiplying instructions over registers alone: what no
    /// product can be faster than. On several threads, the sum of all.
    ///
    /// - Parameter threads: at least 1, all running at the same time.
    func peakRate(threads: Int = 1) -> Double {
        let total = Locked(0.0)
        runOnThreads(threads) { [self] in
            let clock = ContinuousClock()
            var rate = 0.0
            // Thrice, so that the threads run together in at least one of them.
            for _ in 0..<3 {
                var macs: UInt64 = 0
                let time = clock.measure { macs = kernels.pointee.peak(KernelTier.peakRounds) }
                rate = max(rate, Double(macs) / time.nanoseconds)
            }
            total.withLock { $0 += rate }
        }
        return total.withLock { $0 }
    }
}
