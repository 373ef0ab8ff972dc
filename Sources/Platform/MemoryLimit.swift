/// The memory that this process may use.
package enum MemoryLimit {
    /// The bytes that the machine has, or fewer where the process's address space is limited (`ulimit -v`).
    package static var bytes: Int {
        min(addressSpace, sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE)))
    }

    /// The limit of the process's address space in bytes.
    package static var addressSpace: Int {
        var limit = rlimit()
        return getrlimit(addressSpaceLimit, &limit) == 0 ? Int(clamping: limit.rlim_cur) : .max
    }

    #if canImport(Darwin)
        private static let addressSpaceLimit = RLIMIT_AS
    #else
        private static let addressSpaceLimit = __rlimit_resource_t(RLIMIT_AS.rawValue)
    #endif
}
