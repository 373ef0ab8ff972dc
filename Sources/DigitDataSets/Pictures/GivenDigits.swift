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
        let bytes: [UInt8]
        do { bytes = try FileBytes.readOrdinary(path, limit: DataSet.fileLimit) } catch {
            throw .unreadable(error)
        }
        guard FileKind(of: bytes) == .png else {
            pictures = try IDXFormat.images(path)
            let labelPath = ArrayFileNames.labels(besideImages: path, rank: 1)
            labels = labelPath != path && FileBytes.exists(labelPath) ? try IDXFormat.labels(labelPath) : nil
            let count = pictures.count / ImageSize.mnist.pixelCount
            if let labels, labels.count != count {
                throw .differentCounts(
                    images: path, imageCount: count, labels: labelPath, labelCount: labels.count)
            }
            return
        }
        guard bytes.count <= PNGReader.sizeLimit else {
            throw .tooLarge(path: path, limit: PNGReader.sizeLimit)
        }
        pictures = DigitCutting.digits(in: try PNGReader.picture(bytes, path: path))
        labels = nil
        guard !pictures.isEmpty else {
            throw .malformed(
                path: path,
                reason: "no digit found; expected ink on plain paper, each digit apart from the others")
        }
    }
}
