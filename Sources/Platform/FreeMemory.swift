/// Asks the system whether it would still give this process memory.
///
/// Swift ends a process whose memory runs out (under `ulimit -v`, say) and gives it no say in that. So whoever is
/// about to take much asks first.
package enum FreeMemory {
    /// An amount that every process has left: not worth asking for.
    private static let small = 1 << 20

    /// Returns whether `bytes` more can be had at this moment. Nothing is kept, and no page is touched.
    package static func holds(_ bytes: Int) -> Bool {
        guard bytes >= small else { return true }
        let address = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON | MAP_NORESERVE, -1, 0)
        guard let address, address != MAP_FAILED else { return false }
        munmap(address, bytes)
        return true
    }

    /// The message for when they cannot.
    package static func refusal(_ bytes: Int) -> String {
        "it takes \((bytes + 1 << 20 - 1) >> 20) MiB of memory, which the system does not give this process; "
            + "raise its limit (ulimit -v)"
    }
}
