/// A descriptor that a path names, such as `/dev/stdout`, `/dev/fd/3`, `/proc/self/fd/1` or a link to one of them.
///
/// Such a path looks like the file, pipe or device behind it. Replacing that file would lose its content, and reopening
/// it would overwrite its beginning: the bytes belong at the descriptor's position.
enum NamedDescriptor: Equatable {
    /// One of this process, by its number.
    case own(Int32)
    /// One of another process.
    case other

    /// nil for a path that names something else.
    init?(_ path: String) {
        var place = path
        // As many links as Linux follows.
        for _ in 0..<40 {
            if let named = Self.byName(place) ?? Self.byFolder(place) {
                self = named
                return
            }
            guard let target = linkTarget(place) else { return nil }
            place = target
        }
        return nil
    }

    /// Throws `OutputError.cannotCreate` if the descriptor that `path` names is not open for writing.
    static func requireWritable(_ path: String) throws(OutputError) {
        guard case .own(let number) = NamedDescriptor(path) else { return }
        // Descriptors that the program was started with stay open in its children; those it opened itself do not.
        guard fcntl(number, F_GETFD) & FD_CLOEXEC == 0 else {
            throw .cannotCreate(path: path, reason: "descriptor \(number) is not open")
        }
        guard fcntl(number, F_GETFL) & O_ACCMODE != O_RDONLY else {
            throw .cannotCreate(path: path, reason: "descriptor \(number) is not open for writing")
        }
    }

    /// The names that mean a descriptor even without /proc.
    private static func byName(_ path: String) -> NamedDescriptor? {
        guard path.utf8.first == UInt8(ascii: "/"), path.utf8.last != UInt8(ascii: "/") else { return nil }
        let parts = path.utf8.split(separator: UInt8(ascii: "/")).map { String($0) ?? "" }.filter {
            $0 != "."
        }
        switch parts.count {
        case 2 where parts[0] == "dev":
            return ["stdin", "stdout", "stderr"].firstIndex(of: parts[1]).map { .own(Int32($0)) }
        case 3 where parts[..<2] == ["dev", "fd"]: return decimal(parts[2]).map(NamedDescriptor.own)
        case 4 where parts[..<3] == ["proc", "self", "fd"] || parts[..<3] == ["proc", "thread-self", "fd"]:
            return decimal(parts[3]).map(NamedDescriptor.own)
        default: return nil
        }
    }

    /// By the folder that the path leads into: `/proc/<process>/fd`, or a thread's of the same process.
    private static func byFolder(_ path: String) -> NamedDescriptor? {
        let (directory, name) = splitPath(path)
        guard let number = decimal(name), let folder = realPath(directory) else { return nil }
        let parts = folder.split(separator: "/")
        guard parts.count == 3 || parts.count == 5 && parts[2] == "task", parts[0] == "proc",
            parts.last == "fd", decimal(String(parts[1])) != nil
        else { return nil }
        return realPath("/proc/self") == "/proc/\(parts[1])" ? .own(number) : .other
    }

    /// The number whose canonical decimal form is `text`.
    private static func decimal(_ text: String) -> Int32? {
        guard let number = Int32(text), number >= 0, String(number) == text else { return nil }
        return number
    }
}
