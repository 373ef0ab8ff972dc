/// The names of unfinished output, `.digitgen-….partial`, with a field for its purpose and a random one.
///
/// A lock tells whether the process that writes it is running. Without locks, two more fields identify the process.
enum PartialName {
    private static let prefix = ".digitgen-"
    private static let suffix = ".partial"

    /// The file whose lock is held while a folder is filled.
    static let lock = "\(prefix)lock\(suffix)"

    /// Returns whether `name` is that of unfinished output.
    static func matches(_ name: String) -> Bool {
        name.hasPrefix(prefix) && name.hasSuffix(suffix)
    }

    /// Returns a function that recognizes the names of files that will become `target`.
    static func matcher(of target: String) -> (_ name: String) -> Bool {
        let start = "\(prefix)\(digest(target))-"
        return { $0.hasPrefix(start) && $0.hasSuffix(suffix) }
    }

    /// A new name for a file that will become `target`.
    static func file(for target: String, owner: ProcessIdentity? = nil) -> String {
        unique(digest(target), owner)
    }

    /// A new name for a folder whose content will move up.
    static func folder(owner: ProcessIdentity?) -> String {
        unique("folder", owner)
    }

    /// The process that writes it, if the name identifies one.
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

    /// This process; nil if the system does not identify this boot of this machine.
    static let current: ProcessIdentity? = {
        var namespace = stat()
        guard let boot = try? FileBytes.read("/proc/sys/kernel/random/boot_id", limit: 64), !boot.isEmpty,
            stat("/proc/self/ns/pid".cPath, &namespace) == 0
        else { return nil }
        return ProcessIdentity(place: fnv1a(boot + Array("\(namespace.st_ino)".utf8)), number: getpid())
    }()

    /// True if the process is known to have ended.
    var isGone: Bool {
        guard number > 0, place == ProcessIdentity.current?.place else { return false }
        return kill(number, 0) != 0 && errno == ESRCH
    }
}

/// The 64-bit FNV-1a hash (Fowler, Noll and Vo) of some bytes, in letters and digits.
private func fnv1a(_ bytes: some Sequence<UInt8>) -> String {
    String(bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }, radix: 36)
}
