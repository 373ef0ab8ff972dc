import DigitImaging
import DigitModel
import Platform

/// Compares the files in a folder with what a manifest says of them.
struct DataSetCheck {
    let folder: String
    let format: any DataSetFormat
    let part: DataSetPart

    /// Reads all files. Throws `DataSetJobError.damaged` for the first that is not what the manifest says, and
    /// `ImagingError`.
    func run(_ listed: [DataSetFile]) throws {
        let groups = format.files(of: part)
        guard listed.map(\.name) == groups.map(\.name) else {
            throw DataSetJobError.damaged(.manifest(path: "\(folder)/\(DataSetManifest.fileName)"))
        }
        // Names and sizes of all first: to read takes longer.
        for (file, group) in zip(listed, groups) {
            let size = try size(of: group)
            guard size == file.byteCount else {
                try findDifference()
                let path = "\(folder)/\(file.name)"
                throw DataSetJobError.damaged(.size(path: path, found: size, expected: file.byteCount))
            }
        }
        for (file, group) in zip(listed, groups) where try read(group) != file {
            try findDifference()
            throw DataSetJobError.damaged(.contents(path: "\(folder)/\(file.name)"))
        }
    }

    /// Throws `DataSetJobError.damaged` where the format can tell which file of a group is another.
    private func findDifference() throws {
        guard let name = try format.firstDifference(from: part, in: folder) else { return }
        throw DataSetJobError.damaged(.contents(path: "\(folder)/\(name)"))
    }

    private func size(of group: DataSetFileGroup) throws(DataSetJobError) -> Int {
        var size = 0
        for name in group.paths { size += try open(name).size }
        return size
    }

    private func read(_ group: DataSetFileGroup) throws(DataSetJobError) -> DataSetFile {
        var hash = SHA256()
        var (files, bytes) = (0, 0)
        for name in group.paths {
            let file = try open(name)
            while true {
                let piece = try reading(name) { () throws(SystemError) in try file.next() }
                guard !piece.isEmpty else { break }
                piece.withUnsafeBufferPointer { hash.update($0.span) }
                bytes += piece.count
            }
            files += 1
        }
        return DataSetFile(
            name: group.name, fileCount: files, byteCount: bytes, sha256: hash.finalizeHex())
    }

    private func open(_ name: String) throws(DataSetJobError) -> FileReader {
        try reading(name) { () throws(SystemError) in
            try FileReader("\(folder)/\(name)", regularOnly: true)
        }
    }

    private func reading<Value>(
        _ name: String, _ body: () throws(SystemError) -> Value
    ) throws(DataSetJobError) -> Value {
        let path = "\(folder)/\(name)"
        do { return try body() } catch {
            switch error.code {
            case ENOENT, ENOTDIR: throw .damaged(.missing(path: path))
            case EINVAL: throw .damaged(.notFile(path: path))
            default: throw .damaged(.unreadable(path: path, reason: error.reason))
            }
        }
    }
}
