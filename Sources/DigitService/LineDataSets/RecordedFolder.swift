import Platform

/// A staged folder that records what is written into it, for a manifest: a file, or a group of similar ones such as
/// `images/*.png`.
final class RecordedFolder {
    private let folder: StagedFolder
    private var groups: [(name: String, count: Int, sink: CountingSink)] = []
    private var places: [String: Int] = [:]

    init(path: String) throws(OutputError) { folder = try StagedFolder(path: path) }

    /// Creates the folders that a path names: all before its last slash.
    func makeFolders(_ path: String) throws(OutputError) {
        var name = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
            name += name.isEmpty ? "\(part)" : "/\(part)"
            try folder.makeFolder(name)
        }
    }

    /// As `StagedFolder.file(_:isOneOfMany:)`. The files of a group are written in the order of their numbers, which
    /// are their names.
    func file(_ name: String, isOneOfMany: Bool = false) throws(OutputError) -> any ByteSink {
        let file = try folder.file(name, isOneOfMany: isOneOfMany)
        let group = isOneOfMany ? Self.group(of: name) : name
        let place = places[group] ?? groups.count
        if place == groups.count {
            places[group] = place
            groups.append((group, 0, CountingSink()))
        }
        groups[place].count += 1
        return RecordedSink(file, groups[place].sink)
    }

    /// What has been written so far, in the order of the names.
    var files: [DataSetFile] {
        groups.sorted { $0.name < $1.name }.map { name, count, sink in
            DataSetFile(name: name, fileCount: count, byteCount: sink.count, sha256: sink.sha256)
        }
    }

    /// As `StagedFolder.finish(last:)`.
    func finish(last: String) throws(OutputError) { try folder.finish(last: last) }

    /// `images/*.png` for `images/00000000.png`: all files of a folder with the same extensions.
    private static func group(of path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        return String(path.dropLast(name.count)) + "*" + name.drop { $0 != "." }
    }

    /// The paths of a group in a folder, in the order of their numbers; that of a file itself. After 99999999.png comes
    /// 100000000.png.
    ///
    /// - Throws: `SystemError`.
    static func paths(of name: String, in folder: String) throws(SystemError) -> [String] {
        guard let star = name.firstIndex(of: "*") else { return [name] }
        let (base, suffix) = (String(name[..<star]), name[name.index(after: star)...])
        return try FolderContents.list("\(folder)/\(base)") { name in
            name.drop { $0 != "." } == suffix && !name.hasPrefix(".")
        }.sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }.map { base + $0 }
    }
}

/// Passes bytes on to a file and to the digest of its group.
private final class RecordedSink: ByteSink {
    private let file: any ByteSink
    private let group: CountingSink

    init(_ file: any ByteSink, _ group: CountingSink) { (self.file, self.group) = (file, group) }

    func write(_ bytes: ArraySlice<UInt8>) throws(OutputError) {
        try file.write(bytes)
        try group.write(bytes)
    }

    func finish() throws(OutputError) { try file.finish() }
}
