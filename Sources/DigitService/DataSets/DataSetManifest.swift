import Platform
import StrictJSON

/// The file that says what a data set is and how to make it again. It appears after all other files.
struct DataSetManifest {
    static let fileName = "manifest.json"
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
        object["files"] = .array(files.map(Self.json))
        return JSONValue.object(object).serialized + [UInt8(ascii: "\n")]
    }

    /// Everything but the files: what was asked for.
    private static func request(_ job: DataSetJob) -> JSONObject {
        let provenance = job.source.provenance
        return [
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
    }

    private static func json(_ file: DataSetFile) -> JSONValue {
        .object([
            "name": .string(file.name),
            "files": .integer(file.fileCount),
            "bytes": .integer(file.byteCount),
            "sha256": .string(file.sha256),
        ])
    }
}

extension DataSetManifest {
    /// A manifest lists a few files: a longer one is none.
    private static let byteLimit = 1 << 16

    /// The files that the manifest in the folder `path` lists, if it is of `job`; nil otherwise. A list that cannot be
    /// read is empty.
    static func files(of job: DataSetJob, in path: String) -> [DataSetFile]? {
        guard let bytes = FileStatus.contents("\(path)/\(fileName)", limit: byteLimit),
            let manifest = try? JSONValue(parsing: bytes).object,
            request(job).members.allSatisfy({ manifest[$0.key] == $0.value })
        else { return nil }
        return (manifest["files"]?.array ?? []).compactMap { DataSetFile($0.object) }
    }
}

extension DataSetFile {
    /// Reads what `DataSetManifest` writes; nil for anything else.
    fileprivate init?(_ object: JSONObject?) {
        guard let name = object?["name"]?.string, let sha256 = object?["sha256"]?.string,
            let files = try? object?["files"]?.number?.integer(as: Int.self),
            let bytes = try? object?["bytes"]?.number?.integer(as: Int.self)
        else { return nil }
        self.init(name: name, fileCount: files, byteCount: bytes, sha256: sha256)
    }
}
