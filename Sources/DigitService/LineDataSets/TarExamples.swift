import DigitDataSets
import Platform
import StrictJSON

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
