#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What came of asking for the exclusive lock of an open file, which lasts until the process closes it or ends.
///
/// Network file systems lock only what is open for writing, and some file systems nothing at all.
package enum FileLock {
    case held
    /// Another process holds it.
    case inUse
    /// There are no locks here, or none to be had.
    case unsupported

    /// Asks without waiting.
    package static func take(_ descriptor: Int32) -> FileLock {
        guard retrying({ Int(flock(descriptor, LOCK_EX | LOCK_NB)) }) != 0 else { return .held }
        return errno == EWOULDBLOCK ? .inUse : .unsupported
    }
}
