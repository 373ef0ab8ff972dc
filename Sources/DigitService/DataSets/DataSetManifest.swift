import DigitImaging
import DigitModel
import Platform
import StrictJSON

/// The file that describes a data set and how to make it again. It appears after all other files. Its name begins with
/// a period, so that loaders do not take it for data.
struct DataSetManifest {
    static let fileName = ".manifest.json"
    private static let formatVersion = 1

    private let job: DataSetJob
    private let files: [DataSetFile]

    init(job: DataSetJob, files: [DataSetFile]) {
        self.job = job
        self.files = files
    }

    /// One JSON object and a line feed; the same data set gives the same bytes.
    func encoded() -> [UInt8] {
        var object = Self.request(job)
        object["files"] = .array(files.map(\.json))
        return JSONValue.object(object).serialized + [UInt8(ascii: "\n")]
    }

    /// Everything but the files: the request.
    private static func request(_ job: DataSetJob) -> JSONObject {
        let provenance = job.source.provenance
        var request: JSONObject = [
            "format_version": .integer(formatVersion),
            "software": .string(provenance.software),
            "model": .string(provenance.model),
            "bundle_sha256": .string(provenance.bundleSHA256),
            "seed": .exactInteger(provenance.seed),
            "digits": provenance.digits.map(JSONValue.string) ?? .null,
            "count": .integer(provenance.count),
            "format": .string(job.format.name),
            "width": .integer(job.source.size.width),
            "height": .integer(job.source.size.height),
            "shard": .object([
                "index": .integer(job.shard.index),
                "of": .integer(job.shard.count),
                "first_image": .integer(job.range.lowerBound),
                "images": .integer(job.range.count),
            ]),
        ]
        if let handwriting = provenance.handwriting { request["handwriting"] = .string(handwriting) }
        if let finish = provenance.finish { request["finish"] = .string(finish) }
        if let labels = job.source.labels { request["labels"] = .string(labels.proportions.rawValue) }
        for detail in job.format.details { request[detail.name] = detail.value }
        return request
    }
}

extension DataSetManifest {
    /// The greatest size of a manifest, which lists only a few files.
    private static let byteLimit = 1 << 16

    /// The files that the manifest in the folder `path` lists, if it is of `job`; nil otherwise. A list that cannot be
    /// read is empty.
    static func files(of job: DataSetJob, in path: String) -> [DataSetFile]? {
        guard let bytes = FileStatus.contents("\(path)/\(fileName)", limit: byteLimit),
            let manifest = try? JSONValue(parsing: bytes).object
        else { return nil }
        return listed(in: manifest, of: request(job), besides: ["files"])
    }

    /// The files that a manifest lists, if it is of the same request: its other members are exactly the request's, but
    /// for those named in `outcome`. Nil for another request; none for a list that cannot be read.
    static func listed(
        in manifest: JSONObject, of request: JSONObject, besides outcome: Set<String>
    ) -> [DataSetFile]? {
        guard request.members.allSatisfy({ manifest[$0.key] == $0.value }),
            manifest.members.allSatisfy({ outcome.contains($0.key) || request[$0.key] != nil })
        else { return nil }
        let entries = manifest["files"]?.array ?? []
        let files = entries.compactMap { DataSetFile($0.object) }
        return files.count == entries.count ? files : []
    }
}

extension DataSetFile {
    /// The entry of a manifest.
    var json: JSONValue {
        .object([
            "name": .string(name),
            "files": .integer(fileCount),
            "bytes": .integer(byteCount),
            "sha256": .string(sha256),
        ])
    }

    /// Reads an entry; nil for anything else.
    init?(_ object: JSONObject?) {
        guard let name = object?["name"]?.string, let sha256 = object?["sha256"]?.string,
            let files = try? object?["files"]?.number?.integer(as: Int.self),
            let bytes = try? object?["bytes"]?.number?.integer(as: Int.self)
        else { return nil }
        self.init(name: name, fileCount: files, byteCount: bytes, sha256: sha256)
    }
}

/// Compares the files in a folder with a manifest.
struct DataSetCheck {
    let folder: String
    let format: any DataSetFormat
    let part: DataSetPart

    /// Reads all files. Throws `DataSetJobError.damaged` for the first that differs from the manifest, and
    /// `ImagingError`.
    func run(_ listed: [DataSetFile]) throws {
        let groups = format.files(of: part)
        guard listed.map(\.name) == groups.map(\.name) else {
            throw DataSetJobError.damaged(.manifest(path: "\(folder)/\(DataSetManifest.fileName)"))
        }
        // Names and sizes first, because reading takes longer.
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

    /// Reads the data set card, which the manifest does not list. Throws `DataSetJobError.damaged` if it is none of
    /// `cards`.
    func run(cards: [DataSetCard]) throws(DataSetJobError) {
        let name = DataSetCard.fileName
        let found = try reading(name) { () throws(SystemError) in
            try FileBytes.readOrdinary("\(folder)/\(name)", limit: Self.cardLimit)
        }
        guard cards.contains(where: { $0.encoded() == found }) else {
            throw .damaged(.contents(path: "\(folder)/\(name)"))
        }
    }

    /// The greatest size of a card in bytes, several times that of any.
    private static let cardLimit = 1 << 20

    /// Throws `DataSetJobError.damaged` if the format can name the file of a group that differs.
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
