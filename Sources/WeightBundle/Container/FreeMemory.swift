#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Whether the system would still give this process memory.
///
/// Swift ends a process whose memory runs out (under `ulimit -v`, say) and gives it no say in that. So whoever is
/// about to take much asks first.
package enum FreeMemory {
    /// Whether `bytes` more can be had at this moment, above 0. Nothing is kept, and no page is touched.
    package static func holds(_ bytes: Int) -> Bool {
        let address = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
        guard let address, address != MAP_FAILED else { return false }
        munmap(address, bytes)
        return true
    }

    /// What to say when they cannot.
    package static func refusal(_ bytes: Int) -> String {
        "\((bytes + 1 << 20 - 1) >> 20) MiB more memory are needed than the system gives this process: "
            + "raise its limit (ulimit -v)"
    }
}
