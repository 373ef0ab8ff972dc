/// A file without a name, for bytes that are kept until others are written: so that memory does not grow with them.
package final class SpoolFile {
    private static let pieceSize = 1 << 16

    private let file: UnsafeMutablePointer<FILE>

    /// Throws `OutputError.cannotCreate`.
    package init() throws(OutputError) {
        guard let file = tmpfile() else {
            throw .cannotCreate(path: "a temporary file", reason: systemReason())
        }
        self.file = file
    }

    deinit { fclose(file) }

    /// Appends bytes. Throws `OutputError.cannotWrite`.
    package func write(_ bytes: [UInt8]) throws(OutputError) {
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw failure() }
    }

    /// Writes all bytes to `sink`. Throws `OutputError`.
    package func copy(to sink: any ByteSink) throws(OutputError) {
        guard fflush(file) == 0, fseek(file, 0, SEEK_SET) == 0 else { throw failure() }
        var piece = [UInt8](repeating: 0, count: Self.pieceSize)
        while true {
            let count = fread(&piece, 1, piece.count, file)
            guard count > 0 else { break }
            try sink.write(piece[..<count])
        }
        guard ferror(file) == 0 else { throw failure() }
    }

    /// Puts a file without a name in the place of standard input, with all that comes of it: then `/dev/stdin` can be
    /// read from its beginning more than once. Where standard input is a file already, nothing is done.
    ///
    /// - Throws: `SystemError`, `OutputError`.
    package static func keepStandardInput() throws {
        var status = stat()
        if fstat(STDIN_FILENO, &status) == 0, PathKind(mode: status.st_mode) == .file { return }
        let reader = try FileReader("/dev/stdin")
        let spool = try SpoolFile()
        while true {
            let piece = try reader.next()
            guard !piece.isEmpty else { break }
            try spool.write(piece)
        }
        guard fflush(spool.file) == 0, dup2(fileno(spool.file), STDIN_FILENO) == STDIN_FILENO else {
            throw spool.failure()
        }
    }

    private func failure() -> OutputError {
        .cannotWrite(path: "a temporary file", reason: systemReason())
    }
}
