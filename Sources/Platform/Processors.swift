import CPlatform

/// The processors that this process may use.
package enum Processors {
    /// The number of threads that can run at once, at least 1: the processors that the process is bound to (taskset,
    /// cpusets), limited by the quotas of its control groups (containers), rounded up.
    package static let count: Int = {
        let allowed = Int(dg_bound_processors())
        let bound = allowed > 0 ? allowed : max(1, Int(clamping: sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        guard bound > 1, let quota = ProcessorQuota.ofThisProcess(root: "") else { return bound }
        return max(1, Int(min(quota.rounded(.up), Double(bound))))
    }()
}

/// The processor time that Linux's control groups allow, of version 1 and 2
/// (https://docs.kernel.org/admin-guide/cgroup-v2.html, https://docs.kernel.org/scheduler/sched-bwc.html).
package enum ProcessorQuota {
    /// The processors that this process may use, by the tightest quota of its groups; nil without a quota.
    ///
    /// - Parameter root: the folder in front of every path that is read.
    package static func ofThisProcess(root: String) -> Double? {
        guard let groups = text(root + "/proc/self/cgroup") else { return nil }
        let memberships = groups.split(separator: "\n").compactMap(Membership.init)
        guard !memberships.isEmpty, let mountTable = text(root + "/proc/self/mountinfo") else { return nil }
        let mounts = mountTable.split(separator: "\n").compactMap(Mount.init)
        let quotas = memberships.flatMap { membership in
            mounts.filter { $0.isVersion2 == membership.isVersion2 }.flatMap { mount in
                mount.folders(of: membership.path).compactMap { folder in
                    membership.isVersion2 ? quota2(root + folder) : quota1(root + folder)
                }
            }
        }
        return quotas.min()
    }

    /// A line of /proc/self/cgroup: a hierarchy and the process's group in it.
    private struct Membership {
        let isVersion2: Bool
        let path: Substring

        /// nil for a hierarchy that does not limit processor time.
        init?(line: Substring) {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { return nil }
            isVersion2 = fields[0] == "0" && fields[1].isEmpty
            guard isVersion2 || fields[1].split(separator: ",").contains("cpu") else { return nil }
            path = fields[2]
        }
    }

    /// A line of /proc/self/mountinfo: where groups are seen as folders.
    private struct Mount {
        let isVersion2: Bool
        /// The group that the folder shows.
        private let root: String
        private let folder: String

        /// nil for anything but control groups that may limit processor time.
        init?(line: Substring) {
            let fields = line.split(separator: " ")
            // An unknown number of fields stands before the dash.
            guard let dash = fields.firstIndex(of: "-"), dash >= 6, fields.count > dash + 3 else {
                return nil
            }
            isVersion2 = fields[dash + 1] == "cgroup2"
            let isVersion1 =
                fields[dash + 1] == "cgroup" && fields[dash + 3].split(separator: ",").contains("cpu")
            guard isVersion2 || isVersion1 else { return nil }
            root = Self.unescaped(fields[3])
            folder = Self.unescaped(fields[4])
        }

        /// The folders of the group `path` and of all that it lies in, as far as they are seen here.
        func folders(of path: Substring) -> [String] {
            let names = path.split(separator: "/")
            let rootNames = root.split(separator: "/")
            // A container may see its own group as the root of a path that is the host's.
            let inner = names.starts(with: rootNames) ? names.dropFirst(rootNames.count) : []
            // A group outside of the namespace is written with "..".
            guard !inner.contains("..") else { return [folder] }
            return (0...inner.count).map { count in
                folder + inner.prefix(count).map { "/" + $0 }.joined()
            }
        }

        /// Spaces and the like are written as a backslash and three octal digits.
        private static func unescaped(_ text: Substring) -> String {
            var bytes: [UInt8] = []
            var rest = Array(text.utf8)[...]
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "\\"), rest.count >= 3,
                    let code = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8)
                {
                    bytes.append(code)
                    rest = rest.dropFirst(3)
                } else {
                    bytes.append(byte)
                }
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    /// cpu.max: the quota, or "max", and the period.
    private static func quota2(_ folder: String) -> Double? {
        guard let fields = text(folder + "/cpu.max")?.split(whereSeparator: \.isWhitespace) else {
            return nil
        }
        // The period has a default.
        return ratio(fields.first, fields.count > 1 ? fields[1] : "100000")
    }

    /// cpu.cfs_quota_us, −1 without one, and cpu.cfs_period_us.
    private static func quota1(_ folder: String) -> Double? {
        func number(_ name: String) -> Substring? {
            text("\(folder)/\(name)")?.split(whereSeparator: \.isWhitespace).first
        }
        return ratio(number("cpu.cfs_quota_us"), number("cpu.cfs_period_us"))
    }

    private static func ratio(_ quota: Substring?, _ period: Substring?) -> Double? {
        guard let quota = quota.flatMap({ Int64($0) }), let period = period.flatMap({ Int64($0) }), quota > 0,
            period > 0
        else { return nil }
        return Double(quota) / Double(period)
    }

    /// The content of a small file; nil where it cannot be read.
    private static func text(_ path: String) -> String? {
        (try? FileBytes.read(path, limit: 1 << 20)).map { String(decoding: $0, as: UTF8.self) }
    }
}
