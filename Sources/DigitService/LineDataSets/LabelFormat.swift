import DigitFields

/// The form in which a trainer reads the labels of lines. Raw values are those of `--labels`.
package enum LabelFormat: String, CaseIterable, Sendable {
    /// `metadata.jsonl` with `file_name`, `text` and `boxes`, for Hugging Face's `datasets`.
    case jsonl
    /// `gt.txt`: picture, tabulator, text; for deep-text-recognition-benchmark and makers of LMDB.
    case txt
    /// `labels.csv` with the header `filename,text`, quoted as spreadsheets and pandas read it.
    case csv
    /// `labels.csv` with the header `filename,words`; everything after the first comma is the text.
    case easyocr
    /// `rec_gt_train.txt`: picture, tabulator, text; for PaddleOCR.
    case paddle
    /// `labels.json`: an object from picture to text; for docTR.
    case doctr
    /// `annotations.json` with a box for each character.
    case coco
    /// A text file for each picture with a box for each character, and `data.yaml`.
    case yolo
    /// `NAME.gt.txt` and `NAME.box` beside each picture, for training Tesseract.
    case tesseract

    /// True if the labels say where the characters are and not only which: pages need that.
    package var hasBoxes: Bool { self == .coco || self == .yolo || self == .jsonl }
}

/// A picture of a data set with what it shows.
struct LineExample: Sendable {
    /// The name of the picture's file without its extension, and its number.
    let name: String
    let index: Int
    let width: Int
    let height: Int
    /// The text; the lines of a page are separated by line feeds.
    let text: String
    /// The characters that are not spaces, in order, and their boxes.
    let characters: [(code: UInt8, box: PixelBox)]
    let png: [UInt8]
}

/// The classes of characters: digits, then marks.
enum CharacterClass {
    static let names: [String] = (0...9).map { "\($0)" } + FieldText.marks.map { "\($0)" }

    /// The number of a character's class.
    static func number(_ code: UInt8) -> Int {
        guard !code.isDigit else { return Int(code - UInt8(ascii: "0")) }
        return 10 + (Array(FieldText.marks.utf8).firstIndex(of: code) ?? 0)
    }
}
