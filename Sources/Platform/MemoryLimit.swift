/// The memory that this process may use.
package enum MemoryLimit {
    /// The bytes that the machine has, or fewer where the process's address space is limited (`ulimit -v`).
    package static var bytes: Int {
        let machine = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
        var addressSpace = rlimit()
        guard getrlimit(addressSpaceLimit, &addressSpace) == 0 else { return machine }
        return min(machine, Int(clamping: addressSpace.rlim_cur))
    }

    #if canImport(Darwin)
        private static let addressSpaceLimit = RLIMIT_AS
    #else
        private static let addressSpaceLimit = __rlimit_resource_t(RLIMIT_AS.rawValue)
    #endif
}
