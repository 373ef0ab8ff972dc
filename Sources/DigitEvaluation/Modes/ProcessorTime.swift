import Platform

/// What the process has cost so far.
enum ProcessorTime {
    /// Seconds that processors worked for this process, on all threads together.
    static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
