import CPlatform

/// The processors that this process may use.
package enum Processors {
    /// How many threads they keep busy, at least 1: the processors that the process is bound to (taskset, cpusets), and
    /// no more than its control groups' quotas pay for (containers). A part of a processor counts as one.
    package static let count: Int = {
        let allowed = Int(dg_bound_processors())
        let bound = allowed > 0 ? allowed : max(1, Int(clamping: sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        guard bound > 1, let quota = ProcessorQuota.ofThisProcess(root: "") else { return bound }
        return max(1, Int(min(quota.rounded(.up), Double(bound))))
    }()
}
