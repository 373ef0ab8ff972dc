import Platform

/// The texts of a file, a pipe or a device: one on each line, read as they are needed.
package final class TextFile {
    /// The most bytes of a line: enough for a text with many spaces at its ends.
    private static let lineLimit = 1 << 12

    private let path: String
    private let name: String
    private var reader: FileReader
    private var piece: ArraySlice<UInt8> = []
    private var isAtEnd = false
    /// Lines so far.
    private var count = 0

    /// - Parameter path: "-" for standard input.
    /// - Throws: `SystemError`.
    package init(_ path: String) throws(SystemError) {
        self.path = path == "-" ? "/dev/stdin" : path
        name = path == "-" ? "standard input" : path
        reader = try FileReader(self.path)
    }

    /// The next text; nil at the end.
    ///
    /// - Throws: `SystemError`, and `FieldError.inFile` for a line that is no text.
    package func next() throws -> FieldText? {
        guard var line = try nextLine() else { return nil }
        if count == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        do throws(FieldError) {
            return try FieldText(String(decoding: line, as: UTF8.self))
        } catch {
            throw FieldError.inFile(path: name, line: count, error)
        }
    }

    /// The next line without its line feed; nil at the end.
    private func nextLine() throws -> [UInt8]? {
        var line: [UInt8] = []
        while true {
            if let end = piece.firstIndex(of: UInt8(ascii: "\n")) {
                line += piece[..<end]
                piece = piece[(end + 1)...]
                count += 1
                return try checked(line)
            }
            line += piece
            piece = []
            _ = try checked(line, number: count + 1)
            if !isAtEnd {
                piece = try reader.next()[...]
                isAtEnd = piece.isEmpty
            }
            guard !isAtEnd else {
                guard !line.isEmpty else { return nil }
                count += 1
                return line
            }
        }
    }

    private func checked(_ line: [UInt8], number: Int? = nil) throws(FieldError) -> [UInt8] {
        guard line.count <= Self.lineLimit else {
            throw .inFile(path: name, line: number ?? count, .textTooLong(line.count))
        }
        return line
    }
}
