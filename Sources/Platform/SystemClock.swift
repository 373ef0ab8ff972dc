/// The system's clocks, in seconds.
package enum SystemClock {
    /// The time since some moment in the past; it never goes back.
    package static var now: Double { seconds(CLOCK_MONOTONIC) }

    /// The processor time of all threads of this process.
    package static var processorTime: Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
