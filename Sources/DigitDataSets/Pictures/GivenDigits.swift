import DigitModel
import Platform

/// The digits of a file that somebody gives as an example of a hand.
package struct GivenDigits {
    /// 28 × 28 pixels each, one after the other, framed as MNIST's are.
    package let pictures: [UInt8]
    /// The digits shown, if the file tells.
    package let labels: [UInt8]?

    /// Reads the digits of a file, told by its first bytes:
    /// - a PNG with one digit or a line or page of them, dark on light or light on dark;
    /// - an IDX file of images, plain or gzip, with their labels in the file that MNIST and digitgen name so beside it
    ///   (`five-labels.idx` beside `five.idx`), if it is there.
    ///
    /// - Throws: `DataSetError`; `.malformed` for a picture in which no digit stands by itself.
    package init(contentsOf path: String) throws(DataSetError) {
        guard let png = try Self.png(path) else {
            let name = ArrayFileNames.labels(besideImages: path, rank: 1)
            guard name != path, let labelPath = [name, name + ".gz"].first(where: FileBytes.exists) else {
                (pictures, labels) = (try IDXFormat.images(path), nil)
                return
            }
            let digits = try LabelledDigits(
                images: IDXFormat.images(path), labels: IDXFormat.labels(labelPath), names: (path, labelPath))
            (pictures, labels) = (digits.images, digits.labels)
            return
        }
        pictures = DigitCutting.digits(in: try PNGReader.picture(png, path: path))
        labels = nil
        guard !pictures.isEmpty else {
            throw .malformed(
                path: path,
                reason: "no digit found; expected ink on plain paper, each digit apart from the others")
        }
    }

    /// The bytes of a PNG; nil for IDX, whose beginning alone is read. Throws `DataSetError.malformed` for another kind
    /// of file.
    private static func png(_ path: String) throws(DataSetError) -> [UInt8]? {
        let file: FileReader
        let start: [UInt8]
        do {
            file = try FileReader(path, regularOnly: true)
            start = try file.next()
        } catch { throw .unreadable(error) }
        switch FileKind(of: start) {
        case .png: break
        case .idx, .gzip: return nil
        case let kind:
            throw .malformed(
                path: path,
                reason: "\(kind.map { "it is \($0.name); " } ?? "")expected a PNG or an IDX file of images")
        }
        guard file.size <= PNGReader.sizeLimit else {
            throw .tooLarge(path: path, limit: PNGReader.sizeLimit)
        }
        do { return try FileBytes.readOrdinary(path, limit: PNGReader.sizeLimit) } catch {
            throw .unreadable(error)
        }
    }
}
