import CZlib
import Platform

/// Reads Keras's form of MNIST: a ZIP archive of the arrays `x_train`, `y_train`, `x_test` and `y_test`.
package enum NPZReader {
    static let fileName = "mnist.npz"

    /// The images and labels of one part in the archive at `path`.
    static func digits(of split: DataSet.Split, path: String) throws(DataSetError) -> LabelledDigits {
        let bytes: [UInt8]
        do { bytes = try FileBytes.read(path, limit: DataSet.fileLimit) } catch { throw .unreadable(error) }
        return try digits(of: split, bytes, path: path)
    }

    /// The same of an archive of these bytes, which errors call `path`.
    package static func digits(
        of split: DataSet.Split, _ bytes: [UInt8], path: String
    ) throws(DataSetError) -> LabelledDigits {
        let (images, labels) = ("x_\(split.rawValue).npy", "y_\(split.rawValue).npy")
        let archive = try ZipArchive(bytes, names: [images, labels], path: path)
        return try LabelledDigits(
            images: NPYFormat.images(archive.contents(images), path: "\(path): \(images)"),
            labels: NPYFormat.labels(archive.contents(labels), path: "\(path): \(labels)"),
            names: ("\(path): \(images)", "\(path): \(labels)"))
    }
}

/// The files in a ZIP archive, stored or deflated, by the directory at its end.
private struct ZipArchive {
    private struct Entry {
        let method: Int
        let checksum: UInt
        let packedSize: Int
        let size: Int
        let offset: Int
    }

    /// The bytes of an entry of the directory before its name.
    private static let entrySize = 46

    private let bytes: [UInt8]
    private let path: String
    private var entries: [String: Entry] = [:]

    /// - Parameter names: of the files that are wanted: an archive may have millions of others.
    init(_ bytes: [UInt8], names: [String], path: String) throws(DataSetError) {
        self.bytes = bytes
        self.path = path
        // The record at the end is followed by at most 65,535 bytes of comment.
        let last = bytes.count - 22
        guard last >= 0,
            let end = (max(0, last - 0xFFFF)...last).last(where: { number($0, 4) == 0x0605_4B50 })
        else { throw .malformed(path: path, reason: "not a ZIP archive") }
        var count = number(end + 10, 2)
        var place = number(end + 16, 4)
        if place == 0xFFFF_FFFF || count == 0xFFFF {
            // ZIP64: a locator before this record names the place of a larger one.
            let record = number(end - 12, 8)
            guard number(end - 20, 4) == 0x0706_4B50, number(record, 4) == 0x0606_4B50 else {
                throw .malformed(path: path, reason: "the ZIP archive has no directory")
            }
            count = number(record + 32, 8)
            place = number(record + 48, 8)
        }
        while count > 0 {
            guard place <= bytes.count - Self.entrySize, number(place, 4) == 0x0201_4B50 else {
                throw .malformed(path: path, reason: "no entry of the ZIP directory at byte \(place)")
            }
            let (nameSize, extraSize) = (number(place + 28, 2), number(place + 30, 2))
            let extra = place + Self.entrySize + nameSize
            let name = String(decoding: slice(place + Self.entrySize, nameSize), as: UTF8.self)
            var sizes = [number(place + 24, 4), number(place + 20, 4), number(place + 42, 4)]
            // The ZIP64 field has those numbers that do not fit, in this order.
            var field = extra
            while field + 4 <= extra + extraSize {
                if number(field, 2) == 1 {
                    var value = field + 4
                    for index in sizes.indices where sizes[index] == 0xFFFF_FFFF {
                        sizes[index] = number(value, 8)
                        value += 8
                    }
                    break
                }
                field += 4 + number(field + 2, 2)
            }
            if names.contains(name) {
                entries[name] = Entry(
                    method: number(place + 10, 2), checksum: UInt(number(place + 16, 4)),
                    packedSize: sizes[1], size: sizes[0], offset: sizes[2])
            }
            place = extra + extraSize + number(place + 32, 2)
            count -= 1
        }
    }

    func contents(_ name: String) throws(DataSetError) -> [UInt8] {
        guard let entry = entries[name] else {
            throw .malformed(path: path, reason: "the archive has no \(name)")
        }
        guard number(entry.offset, 4) == 0x0403_4B50 else { throw damaged(name, "no header") }
        let start = entry.offset + 30 + number(entry.offset + 26, 2) + number(entry.offset + 28, 2)
        guard entry.size <= DataSet.fileLimit else { throw .tooLarge(path: path, limit: DataSet.fileLimit) }
        guard entry.packedSize >= 0, entry.size >= 0, entry.packedSize <= bytes.count - start else {
            throw damaged(name, "the archive ends too early")
        }
        let packed = Array(slice(start, entry.packedSize))
        let contents: [UInt8]
        switch entry.method {
        case 0: contents = packed
        case 8:
            do throws(Gzip.Failure) { contents = try Gzip.inflated(packed, limit: entry.size) } catch {
                throw damaged(name, "it does not unpack")
            }
        default: throw damaged(name, "unknown compression \(entry.method)")
        }
        let checksum = contents.withUnsafeBytes { crc32_z(0, $0.baseAddress, $0.count) }
        guard contents.count == entry.size, checksum == entry.checksum else {
            throw damaged(name, "wrong checksum")
        }
        return contents
    }

    private func damaged(_ name: String, _ reason: String) -> DataSetError {
        .malformed(path: path, reason: "\(name) is damaged: \(reason)")
    }

    /// The number in `count` bytes at `place`, the lowest first; -1 outside the file and for numbers beyond `Int`.
    private func number(_ place: Int, _ count: Int) -> Int {
        guard place >= 0, place <= bytes.count - count else { return -1 }
        let value = bytes[place..<place + count].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return value > UInt64(DataSet.fileLimit) && count == 8 ? -1 : Int(value)
    }

    private func slice(_ place: Int, _ count: Int) -> ArraySlice<UInt8> {
        guard place >= 0, count >= 0, place <= bytes.count - count else { return [] }
        return bytes[place..<place + count]
    }
}
