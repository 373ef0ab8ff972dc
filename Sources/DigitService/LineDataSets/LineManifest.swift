import DigitDataSets
import DigitFields
import DigitGen
import DigitImaging
import Platform
import StrictJSON

/// The file that says how to make a data set of lines again.
struct LineManifest {
    let job: LineDataSetJob
    /// The number of examples in this part.
    let count: Int

    /// One JSON object and a line feed.
    func encoded() -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        for (key, value) in strings {
            json.key(key)
            json.string(value)
        }
        json.key("seed")
        // Programs that store numbers as doubles keep a string.
        if job.source.seed < 1 << 53 {
            json.integer(job.source.seed)
        } else {
            json.string("\(job.source.seed)")
        }
        json.key("count")
        json.integer(count)
        if let split = job.split {
            json.key("parts")
            json.beginArray()
            for part in split.parts { json.string(part) }
            json.endArray()
        }
        json.key("shard")
        json.beginArray()
        json.integer(job.shard.index)
        json.integer(job.shard.count)
        json.endArray()
        json.endObject()
        json.newline()
        return json.bytes
    }

    private var strings: [(String, String)] {
        let generator = job.source.drawer.generator
        var strings = [
            ("software", "digitgen \(ProgramVersion.text)"), ("model", generator.name),
            ("sha256", generator.sha256),
            ("line", job.source.style.summary),
        ]
        switch job.form {
        case .folder(let labels): strings.append(("labels", labels.rawValue))
        case .tar: strings.append(("format", "tar"))
        }
        if case .pattern(let pattern, _) = job.texts { strings.append(("pattern", pattern.description)) }
        if let page = job.page { strings.append(("page", "\(page.width)x\(page.height)")) }
        return strings
    }
}

/// An archive of examples as WebDataset reads it: picture, text, and text with boxes as JSON.
final class TarExamples {
    private let tar: TarWriter
    private var json = JSONWriter()

    init(_ sink: any ByteSink) { tar = TarWriter(sink: sink) }

    func append(_ example: LineExample) throws {
        json.removeAll()
        json.beginObject()
        json.key("text")
        json.string(example.text)
        json.key("boxes")
        json.boxes(example.characters.map(\.box))
        json.endObject()
        try tar.append(name: "\(example.name).png", contents: example.png)
        try tar.append(name: "\(example.name).txt", contents: Array(example.text.utf8))
        try tar.append(name: "\(example.name).json", contents: json.bytes)
    }

    /// As `TarWriter.finish`.
    func finish(endsArchive: Bool) throws { try tar.finish(endsArchive: endsArchive) }
}
