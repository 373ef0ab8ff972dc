import DigitFields
import Platform
import StrictJSON

/// COCO's object detection format: one JSON object with all pictures and a box for each character.
final class COCOLabels: LabelWriter {
    /// The numbers of boxes of a picture, at most.
    private static let boxesPerPicture = 100_000

    private let images: String
    private let sink: any ByteSink
    /// The boxes, which come after all pictures.
    private let annotations: SpoolFile
    private var json = JSONWriter()
    private var pictureCount = 0
    private var boxCount = 0

    init(_ folder: RecordedFolder, base: String) throws(OutputError) {
        images = "\(base)images/"
        try folder.makeFolders(images)
        sink = try folder.file("\(base)annotations.json")
        annotations = try SpoolFile()
        json.beginArray()
        for (number, name) in CharacterClass.names.enumerated() {
            json.beginObject()
            json.key("id")
            json.integer(number + 1)
            json.key("name")
            json.string(name)
            json.key("supercategory")
            json.string("character")
            json.endObject()
        }
        json.endArray()
        try sink.write(
            Array("{\"info\":{\"description\":\"digitgen\"},\"categories\":\(json.text),\"images\":[".utf8))
    }

    func picturePath(_ name: String) -> String { "\(images)\(name).png" }

    func append(_ example: LineExample) throws {
        json.removeAll()
        json.beginObject()
        json.key("id")
        json.integer(example.index + 1)
        json.key("file_name")
        json.string("\(example.name).png")
        json.key("width")
        json.integer(example.width)
        json.key("height")
        json.integer(example.height)
        json.key("text")
        json.string(example.text)
        json.endObject()
        try sink.write(Array((pictureCount > 0 ? ",\n" : "\n").utf8) + json.bytes)
        pictureCount += 1
        for (number, character) in example.characters.enumerated() where character.box.width > 0 {
            let box = character.box
            json.removeAll()
            json.beginObject()
            json.key("id")
            json.integer(example.index * Self.boxesPerPicture + number + 1)
            json.key("image_id")
            json.integer(example.index + 1)
            json.key("category_id")
            json.integer(CharacterClass.number(character.code) + 1)
            json.key("bbox")
            json.box(box)
            json.key("area")
            json.integer(box.width * box.height)
            json.key("iscrowd")
            json.integer(0)
            json.endObject()
            try annotations.write(Array((boxCount > 0 ? ",\n" : "\n").utf8) + json.bytes)
            boxCount += 1
        }
    }

    func finish() throws {
        try sink.write(Array("\n],\"annotations\":[".utf8))
        try annotations.copy(to: sink)
        try sink.write(Array("\n]}\n".utf8))
        try sink.finish()
    }
}

/// YOLO's detection format: a text file for each picture, a line for each box.
final class YOLOLabels: LabelWriter {
    private let folder: RecordedFolder
    private let part: String

    init(_ folder: RecordedFolder, part: String) throws(OutputError) {
        self.folder = folder
        self.part = part
        try folder.makeFolders("images/\(part)/")
        try folder.makeFolders("labels/\(part)/")
    }

    func picturePath(_ name: String) -> String { "images/\(part)/\(name).png" }

    func append(_ example: LineExample) throws {
        var text = ""
        for (code, box) in example.characters where box.width > 0 {
            let numbers = [
                Self.decimal(2 * box.x + box.width, 2 * example.width),
                Self.decimal(2 * box.y + box.height, 2 * example.height),
                Self.decimal(box.width, example.width), Self.decimal(box.height, example.height),
            ]
            text += "\(CharacterClass.number(code)) \(numbers.joined(separator: " "))\n"
        }
        let file = try folder.file("labels/\(part)/\(example.name).txt", isOneOfMany: true)
        try file.write(Array(text.utf8))
        try file.finish()
    }

    func finish() {}

    /// Writes the file that names the parts and the classes.
    static func writeDescription(parts: [String], in folder: RecordedFolder) throws(OutputError) {
        var text = ""
        for part in parts { text += "\(part): images/\(part)\n" }
        if !parts.contains("val") { text += "val: images/train\n" }
        text += "names:\n"
        for (number, name) in CharacterClass.names.enumerated() { text += "  \(number): \"\(name)\"\n" }
        let file = try folder.file("data.yaml")
        try file.write(Array(text.utf8))
        try file.finish()
    }

    /// A part of a whole, 0 to 1, with six decimals, rounded to the nearest.
    private static func decimal(_ part: Int, _ whole: Int) -> String {
        let millionths = (2_000_000 * part + whole) / (2 * whole)
        let digits = String(millionths % 1_000_000)
        return "\(millionths / 1_000_000).\(String(repeating: "0", count: 6 - digits.utf8.count))\(digits)"
    }
}
