import Platform

/// Reads folders of PNGs, one for each label: `7/00000042.png`.
enum PictureFolderReader {
    /// The greatest size of a file in bytes.
    private static let pictureLimit = 1 << 20

    /// Adds the pictures in the folders of `labels` below `path`, in the order of their names, which is the order in
    /// which digitgen drew them, whatever the digits.
    static func read(
        _ path: String, labels: [UInt8], into digits: inout LabelledDigits
    ) throws(DataSetError) {
        var pictures: [(name: String, label: UInt8)] = []
        for label in labels {
            let names: [String]
            do { names = try FolderContents.list("\(path)/\(label)") } catch { throw .unreadable(error) }
            pictures += names.filter { $0.lowercased().hasSuffix(".png") }.map { ($0, label) }
        }
        guard !pictures.isEmpty else { throw .noDigits(path: path) }
        digits.reserve(pictures.count)
        pictures.sort { ($0.name, $0.label) < ($1.name, $1.label) }
        for picture in pictures {
            let file = "\(path)/\(picture.label)/\(picture.name)"
            let bytes: [UInt8]
            do { bytes = try FileBytes.readOrdinary(file, limit: pictureLimit) } catch {
                throw .unreadable(error)
            }
            digits.append(try PNGReader.digit(bytes, path: file), label: picture.label)
        }
    }
}
