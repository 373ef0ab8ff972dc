import DigitFields
import DigitImaging
import Platform
import StrictJSON

/// Writes the labels of one part of a data set, and says where its pictures are.
protocol LabelWriter: AnyObject {
    /// The path of an example's picture, relative to the data set's folder.
    func picturePath(_ name: String) -> String

    /// Adds an example. Throws `OutputError`.
    func append(_ example: LineExample) throws

    /// Completes the files. Throws `OutputError`.
    func finish() throws
}

extension LabelFormat {
    /// Begins the labels of a part; nil stands for a data set that is not divided.
    func writer(part: String?, in folder: RecordedFolder) throws(OutputError) -> any LabelWriter {
        let base = part.map { "\($0)/" } ?? ""
        switch self {
        case .jsonl:
            return try TextLabels(
                folder, images: "\(base)images/", file: "\(base)metadata.jsonl", form: .jsonl)
        case .txt:
            return try TextLabels(folder, images: "\(base)images/", file: "\(base)gt.txt", form: .tabulated)
        case .csv:
            return try TextLabels(folder, images: "\(base)images/", file: "\(base)labels.csv", form: .csv)
        case .easyocr: return try TextLabels(folder, images: base, file: "\(base)labels.csv", form: .commas)
        case .paddle:
            let images = part.map { "\($0)/" } ?? "images/"
            return try TextLabels(
                folder, images: images, file: "rec_gt_\(part ?? "train").txt", form: .tabulatedFromRoot)
        case .doctr:
            return try TextLabels(folder, images: "\(base)images/", file: "\(base)labels.json", form: .object)
        case .coco: return try COCOLabels(folder, base: base)
        case .yolo: return try YOLOLabels(folder, part: part ?? "train")
        case .tesseract: return try TesseractLabels(folder, base: base)
        }
    }
}

/// Labels with a line or an entry for each picture in one file.
private final class TextLabels: LabelWriter {
    enum Form {
        case jsonl, csv, tabulated, tabulatedFromRoot, commas, object
    }

    private let images: String
    private let form: Form
    private let sink: any ByteSink
    /// What labels call the pictures' folder.
    private let shownImages: String
    private var line = JSONWriter()
    private var count = 0

    init(_ folder: RecordedFolder, images: String, file: String, form: Form) throws(OutputError) {
        try folder.makeFolders(images)
        try folder.makeFolders(file)
        self.images = images
        self.form = form
        sink = try folder.file(file)
        let base = file.split(separator: "/").dropLast().map { "\($0)/" }.joined()
        shownImages =
            form == .tabulatedFromRoot ? images : form == .object ? "" : String(images.dropFirst(base.count))
        switch form {
        case .csv: try sink.write(CSV.row(["filename", "text"]))
        case .commas: try sink.write(Array("filename,words\n".utf8))
        case .object: try sink.write(Array("{".utf8))
        default: break
        }
    }

    func picturePath(_ name: String) -> String { "\(images)\(name).png" }

    func append(_ example: LineExample) throws {
        let picture = "\(shownImages)\(example.name).png"
        switch form {
        case .tabulated, .tabulatedFromRoot: try sink.write(Array("\(picture)\t\(example.text)\n".utf8))
        case .csv: try sink.write(CSV.row([picture, example.text]))
        case .commas: try sink.write(Array("\(picture),\(example.text)\n".utf8))
        case .object:
            try sink.write(Array("\(count > 0 ? "," : "")\n\"\(picture)\": \"\(example.text)\"".utf8))
        case .jsonl:
            line.removeAll()
            line.beginObject()
            line.key("file_name")
            line.string(picture)
            line.key("text")
            line.string(example.text)
            line.key("boxes")
            line.boxes(example.characters.map(\.box))
            line.endObject()
            line.newline()
            try sink.write(line.bytes)
        }
        count += 1
    }

    func finish() throws {
        if form == .object { try sink.write(Array("\n}\n".utf8)) }
        try sink.finish()
    }
}

/// Files of Tesseract's training tools: pictures, texts and boxes side by side.
private final class TesseractLabels: LabelWriter {
    private let folder: RecordedFolder
    private let base: String

    init(_ folder: RecordedFolder, base: String) throws(OutputError) {
        try folder.makeFolders(base)
        self.folder = folder
        self.base = base
    }

    func picturePath(_ name: String) -> String { "\(base)\(name).png" }

    func append(_ example: LineExample) throws {
        try write("\(example.text)\n", to: "\(example.name).gt.txt")
        // Left, bottom, right, top, from the lower left corner, and the page. A tabulator ends a line.
        var text = ""
        var last: PixelBox?
        var followsSpace = false
        var characters = example.characters.makeIterator()
        for code in example.text.utf8 {
            guard !code.isSpace else {
                followsSpace = true
                continue
            }
            guard let box = characters.next()?.box else { break }
            if let last, followsSpace {
                let (left, right) = (last.x + last.width, max(box.x, last.x + last.width + 1))
                text += line(
                    " ", PixelBox(x: left, y: box.y, width: right - left, height: box.height), example)
            }
            text += line(String(UnicodeScalar(code)), box, example)
            last = box
            followsSpace = false
        }
        if let last {
            text += line(
                "\t", PixelBox(x: last.x + last.width, y: last.y, width: 1, height: last.height), example)
        }
        try write(text, to: "\(example.name).box")
    }

    func finish() {}

    private func line(_ character: String, _ box: PixelBox, _ example: LineExample) -> String {
        let (bottom, top) = (example.height - box.y - box.height, example.height - box.y)
        return "\(character) \(box.x) \(bottom) \(box.x + box.width) \(top) 0\n"
    }

    private func write(_ text: String, to name: String) throws {
        let file = try folder.file("\(base)\(name)", isOneOfMany: true)
        try file.write(Array(text.utf8))
        try file.finish()
    }
}

extension JSONWriter {
    /// Writes boxes as arrays of x, y, width and height.
    mutating func boxes(_ boxes: [PixelBox]) {
        beginArray()
        for box in boxes { self.box(box) }
        endArray()
    }

    /// Writes a box as an array of x, y, width and height.
    mutating func box(_ box: PixelBox) {
        beginArray()
        for number in [box.x, box.y, box.width, box.height] { integer(number) }
        endArray()
    }
}
