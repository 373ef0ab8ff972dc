import DigitGen
import DigitModel
import Platform
import StrictJSON

/// The file that says how to make a data set of lines again, and lists its files.
struct LineManifest {
    private static let formatVersion = 1
    /// The greatest size of a manifest, which lists only a few files and groups of files.
    private static let byteLimit = 1 << 16

    let job: LineDataSetJob
    /// SHA-256 of a file's texts, each with a line feed; nil for a pattern.
    let textsDigest: String?

    /// One JSON object and a line feed; the same data set gives the same bytes.
    func encoded(count: Int, files: [DataSetFile]) -> [UInt8] {
        var object = request
        object["examples"] = .integer(count)
        object["files"] = .array(files.map(\.json))
        return JSONValue.object(object).serialized + [UInt8(ascii: "\n")]
    }

    /// The files that the manifest in the folder `path` lists, if it is of this data set; nil otherwise.
    func files(in path: String) -> [DataSetFile]? {
        guard
            let bytes = FileStatus.contents("\(path)/\(DataSetManifest.fileName)", limit: Self.byteLimit),
            var manifest = try? JSONValue(parsing: bytes).object
        else { return nil }
        // Earlier versions wrote shares as they were typed.
        if let split = manifest["split"]?.string.flatMap(Split.init) {
            manifest["split"] = .string(split.description)
        }
        return DataSetManifest.listed(in: manifest, of: request, besides: ["examples", "files"])
    }

    private var request: JSONObject {
        let generator = job.source.drawer.generator
        var request: JSONObject = [
            "format_version": .integer(Self.formatVersion),
            "software": .string("digitgen \(ProgramVersion.text)"),
            "model": .string(generator.name),
            "bundle_sha256": .string(generator.sha256),
            "seed": .exactInteger(job.source.seed),
            "line": .string(job.source.style.summary),
            "shard": .object([
                "index": .integer(job.shard.index),
                "of": .integer(job.shard.count),
            ]),
        ]
        switch job.form {
        case .folder(let labels): request["labels"] = .string(labels.rawValue)
        case .tar: request["format"] = .string("tar")
        }
        if case .pattern(let pattern, let count) = job.texts {
            request["pattern"] = .string(pattern.description)
            request["count"] = .integer(count)
        }
        if let textsDigest { request["texts_sha256"] = .string(textsDigest) }
        if let hand = job.source.hand.summary { request["handwriting"] = .string(hand) }
        if let split = job.split { request["split"] = .string(split.description) }
        if let page = job.page { request["page"] = .string("\(page.width)x\(page.height)") }
        return request
    }
}

/// Compares the files in a folder with those that a manifest lists.
struct LineDataSetCheck {
    let folder: String

    /// Reads all files.
    ///
    /// - Throws: `DataSetJobError.damaged` for the first file or group that differs.
    func run(_ listed: [DataSetFile]) throws(DataSetJobError) {
        guard !listed.isEmpty else {
            throw .damaged(.manifest(path: "\(folder)/\(DataSetManifest.fileName)"))
        }
        for file in listed {
            let path = "\(folder)/\(file.name)"
            var found: DataSetFile?
            do throws(SystemError) { found = try read(file.name) } catch {
                switch error.code {
                case ENOENT, ENOTDIR: throw .damaged(.missing(path: path))
                case EINVAL: throw .damaged(.notFile(path: path))
                default: throw .damaged(.unreadable(path: path, reason: error.reason))
                }
            }
            guard let found else { continue }
            guard found.fileCount >= file.fileCount else { throw .damaged(.missing(path: path)) }
            guard found.byteCount == file.byteCount else {
                throw .damaged(.size(path: path, found: found.byteCount, expected: file.byteCount))
            }
            guard found == file else { throw .damaged(.contents(path: path)) }
        }
    }

    private func read(_ name: String) throws(SystemError) -> DataSetFile {
        var hash = SHA256()
        var (files, bytes) = (0, 0)
        for path in try RecordedFolder.paths(of: name, in: folder) {
            let file = try FileReader("\(folder)/\(path)", regularOnly: true)
            while true {
                let piece = try file.next()
                guard !piece.isEmpty else { break }
                piece.withUnsafeBufferPointer { hash.update($0.span) }
                bytes += piece.count
            }
            files += 1
        }
        return DataSetFile(name: name, fileCount: files, byteCount: bytes, sha256: hash.finalizeHex())
    }
}
