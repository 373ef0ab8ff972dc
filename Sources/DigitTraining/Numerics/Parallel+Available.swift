#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Parallel {
    /// Processors that this process may use, at least 1.
    package static var availableThreads: Int {
        max(1, Int(clamping: sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    }
}
