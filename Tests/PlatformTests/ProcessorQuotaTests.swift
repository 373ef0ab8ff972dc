import Glibc
import Platform
import TestSupport
import Testing

@Suite("Processor quotas")
struct ProcessorQuotaTests {
    private let folder = TemporaryFolder()

    private func write(_ text: String, to path: String) {
        var made = ""
        for name in path.split(separator: "/").dropLast() {
            made += "/" + name
            mkdir(folder.path + made, 0o700)
        }
        folder.write(Array(text.utf8), to: path)
    }

    private var quota: Double? { ProcessorQuota.ofThisProcess(root: folder.path) }

    private let version2 = "30 24 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n"
    private let version1 = """
        31 30 0:27 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
        32 30 0:28 / /sys/fs/cgroup/cpu,cpuacct rw shared:11 - cgroup cgroup rw,cpu,cpuacct

        """

    @Test("version 2: the quota of the process's own group, in processors")
    func own() {
        write("0::/user.slice/a.scope\n", to: "proc/self/cgroup")
        write(version2, to: "proc/self/mountinfo")
        write("150000 100000\n", to: "sys/fs/cgroup/user.slice/a.scope/cpu.max")
        #expect(quota == 1.5)
    }

    @Test("version 2: the tightest quota on the way up counts, and max is none")
    func ancestors() {
        write("0::/a/b/c\n", to: "proc/self/cgroup")
        write(version2, to: "proc/self/mountinfo")
        write("max 100000\n", to: "sys/fs/cgroup/a/b/c/cpu.max")
        #expect(quota == nil)
        write("400000 100000\n", to: "sys/fs/cgroup/a/b/cpu.max")
        write("50000 25000\n", to: "sys/fs/cgroup/a/cpu.max")
        #expect(quota == 2)
        write("100000\n", to: "sys/fs/cgroup/cpu.max")
        #expect(quota == 1)
    }

    @Test("version 1: quota and period of the cpu hierarchy, up to its root; −1 is none")
    func version1Quota() {
        write("5:memory:/x\n4:cpu,cpuacct:/docker/1\n", to: "proc/self/cgroup")
        write(version1, to: "proc/self/mountinfo")
        let group = "sys/fs/cgroup/cpu,cpuacct/docker"
        write("-1\n", to: "\(group)/1/cpu.cfs_quota_us")
        write("100000\n", to: "\(group)/1/cpu.cfs_period_us")
        #expect(quota == nil)
        write("300000\n", to: "\(group)/cpu.cfs_quota_us")
        write("100000\n", to: "\(group)/cpu.cfs_period_us")
        #expect(quota == 3)
        write("50000\n", to: "\(group)/1/cpu.cfs_quota_us")
        #expect(quota == 0.5)
    }

    @Test("in a container the mount shows the process's group, whose path is the host's")
    func container() {
        write("4:cpu,cpuacct:/docker/1/inner\n0::/\n", to: "proc/self/cgroup")
        write(
            "32 30 0:28 /docker/1 /sys/fs/cgroup/cpu\\040time ro - cgroup cgroup rw,cpu\n",
            to: "proc/self/mountinfo")
        write("200000\n", to: "sys/fs/cgroup/cpu time/inner/cpu.cfs_quota_us")
        write("100000\n", to: "sys/fs/cgroup/cpu time/inner/cpu.cfs_period_us")
        #expect(quota == 2)
        write("4:cpu:/elsewhere\n", to: "proc/self/cgroup")
        write("100000\n", to: "sys/fs/cgroup/cpu time/cpu.cfs_quota_us")
        write("100000\n", to: "sys/fs/cgroup/cpu time/cpu.cfs_period_us")
        #expect(quota == 1)
    }

    @Test(
        "what is no number is no quota",
        arguments: ["", "\n", "max", "x 100000", "0 100000", "-5 100000", "100000 0", "100000 x"])
    func malformed(text: String) {
        write("0::/\nrubbish\n\n", to: "proc/self/cgroup")
        write(version2 + "rubbish\n - \n", to: "proc/self/mountinfo")
        write(text, to: "sys/fs/cgroup/cpu.max")
        #expect(quota == nil)
    }

    @Test("without /proc there is no quota, and there is a processor")
    func none() {
        #expect(quota == nil)
        #expect(Processors.count >= 1)
    }
}
