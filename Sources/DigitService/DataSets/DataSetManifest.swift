import DigitImaging
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
        [
            "format_version": .integer(formatVersion),
            "software": .string(job.provenance.software),
            "model": .string(job.provenance.model),
            "bundle_sha256": .string(job.provenance.bundleSHA256),
            "seed": .exactInteger(job.provenance.seed),
            "digits": job.provenance.digits.map(JSONValue.string) ?? .null,
            "count": .integer(job.provenance.count),
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

    /// The folder `path` holds what `job` would make, as far as its manifest and the sizes of its files tell.
    static func describes(_ job: DataSetJob, in path: String) -> Bool {
        guard let bytes = FileStatus.contents("\(path)/\(fileName)", limit: byteLimit),
            let manifest = try? JSONValue(parsing: bytes).object,
            let files = manifest["files"]?.array, !files.isEmpty
        else { return false }
        return request(job).members.allSatisfy { manifest[$0.key] == $0.value }
            && files.allSatisfy { isPresent($0, in: path) }
    }

    /// Groups of files are taken as present: to count a million pictures is no quick look.
    private static func isPresent(_ file: JSONValue, in path: String) -> Bool {
        guard let name = file.object?["name"]?.string, let bytes = file.object?["bytes"]?.number else {
            return false
        }
        return file.object?["files"] != .integer(1)
            || FileStatus.size("\(path)/\(name)").map(JSONNumber.init) == bytes
    }
}
