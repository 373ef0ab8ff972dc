/// The names of what is being written, `.digitgen-….partial`: two fields that say for what, and make the name unique.
///
/// A lock tells whether the process that writes it still lives. Where there are no locks, two more fields name the
/// process.
enum PartialName {
    private static let prefix = ".digitgen-"
    private static let suffix = ".partial"

    /// The file whose lock is the right to fill a folder.
    static let lock = "\(prefix)lock\(suffix)"

    /// Returns whether `name` is one of these.
    static func matches(_ name: String) -> Bool {
        name.hasPrefix(prefix) && name.hasSuffix(suffix)
    }

    /// Tells the names of files that are to become `target`.
    static func matcher(of target: String) -> (_ name: String) -> Bool {
        let start = "\(prefix)\(digest(target))-"
        return { $0.hasPrefix(start) && $0.hasSuffix(suffix) }
    }

    /// A new name for a file that is to become `target`.
    static func file(for target: String, owner: ProcessIdentity? = nil) -> String {
        unique(digest(target), owner)
    }

    /// A new name for a folder whose contents are to move up.
    static func folder(owner: ProcessIdentity?) -> String {
        unique("folder", owner)
    }

    /// The process that writes it, where the name tells.
    static func owner(of name: String) -> ProcessIdentity? {
        let fields = name.dropFirst(prefix.count).dropLast(suffix.count).split(separator: "-")
        guard fields.count == 4, let number = pid_t(fields[3]) else { return nil }
        return ProcessIdentity(place: String(fields[2]), number: number)
    }

    private static func unique(_ purpose: String, _ owner: ProcessIdentity?) -> String {
        let random = String(UInt64.random(in: 0 ... .max), radix: 36)
        return prefix + purpose + "-" + random + (owner.map { "-\($0.place)-\($0.number)" } ?? "") + suffix
    }

    private static func digest(_ target: String) -> String {
        fnv1a(target.utf8)
    }
}

/// A process, distinguished from those of other machines, containers and times.
struct ProcessIdentity: Equatable {
    /// The scope of `number`: this boot of this machine, this container. Letters and digits.
    let place: String
    let number: pid_t

    init(place: String, number: pid_t) {
        self.place = place
        self.number = number
    }

    /// This process; nil where the system does not say which start of which machine this is.
    static let current: ProcessIdentity? = {
        var namespace = stat()
        guard let boot = try? FileBytes.read("/proc/sys/kernel/random/boot_id", limit: 64), !boot.isEmpty,
            stat("/proc/self/ns/pid".cPath, &namespace) == 0
        else { return nil }
        return ProcessIdentity(place: fnv1a(boot + Array("\(namespace.st_ino)".utf8)), number: getpid())
    }()

    /// The process has ended. One of which nothing can be known has not.
    var isGone: Bool {
        guard number > 0, place == ProcessIdentity.current?.place else { return false }
        return kill(number, 0) != 0 && errno == ESRCH
    }
}

/// The 64-bit FNV-1a hash (Fowler, Noll and Vo) of some bytes, in letters and digits.
private func fnv1a(_ bytes: some Sequence<UInt8>) -> String {
    String(bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }, radix: 36)
}
