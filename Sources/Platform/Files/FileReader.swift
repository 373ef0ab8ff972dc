/// Reads a file, a pipe or a device from its beginning to its end, piece by piece.
package final class FileReader {
    /// The size of a piece in bytes.
    private static let pieceSize = 1 << 20

    /// The size of a regular file in bytes; 0 for a pipe or a device.
    package let size: Int
    private let path: String
    private let descriptor: Int32

    /// - Parameter regularOnly: a folder, a pipe or a device is an error. (A pipe would be waited for.)
    package init(_ path: String, regularOnly: Bool = false) throws(SystemError) {
        let flags = O_RDONLY | O_CLOEXEC | (regularOnly ? O_NONBLOCK : 0)
        let descriptor = Int32(retrying { Int(open(path.cPath, flags)) })
        guard descriptor >= 0 else { throw SystemError("open", path) }
        var status = stat()
        let failure: SystemError? =
            if fstat(descriptor, &status) != 0 {
                SystemError("read", path)
            } else if regularOnly, status.st_mode & S_IFMT != S_IFREG {
                SystemError("read", path, code: EINVAL, reason: "not a regular file")
            } else {
                nil
            }
        if let failure {
            close(descriptor)
            throw failure
        }
        self.size = max(Int(status.st_size), 0)
        self.path = path
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// The next bytes; none at the end.
    package func next() throws(SystemError) -> [UInt8] {
        while true {
            let (bytes, code) = readPiece(descriptor, size: Self.pieceSize)
            switch code {
            case 0: return bytes
            case EINTR: continue
            // A pipe that does not block.
            case EAGAIN where pollOnce(descriptor, for: POLLIN, milliseconds: -1) > 0: continue
            default: throw SystemError("read", path, code: code)
            }
        }
    }
}

/// Whole files.
package enum FileBytes {
    /// All bytes of the file, pipe or device at `path`. Stops after `limit`, so that none of them fills the memory.
    ///
    /// - Throws: `SystemError`, with the code EFBIG for more than `limit` bytes.
    package static func read(
        _ path: String, limit: Int, regularOnly: Bool = false
    ) throws(SystemError) -> [UInt8] {
        let file = try FileReader(path, regularOnly: regularOnly)
        guard file.size <= limit else { throw tooLarge(path, limit) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(file.size)
        while true {
            let piece = try file.next()
            guard !piece.isEmpty else { return bytes }
            guard piece.count <= limit - bytes.count else { throw tooLarge(path, limit) }
            bytes += piece
        }
    }

    /// All bytes of the regular file at `path`, for files of this program's own making: a pipe in the place of one
    /// would be waited for.
    package static func readOrdinary(_ path: String, limit: Int) throws(SystemError) -> [UInt8] {
        try read(path, limit: limit, regularOnly: true)
    }

    /// Returns whether there is a file, a folder or anything else at `path`.
    package static func exists(_ path: String) -> Bool {
        access(path.cPath, F_OK) == 0
    }

    /// Returns whether nothing has the name `path`: not even a dangling link, or something that cannot be reached.
    package static func isFree(_ path: String) -> Bool {
        var status = stat()
        return lstat(path.cPath, &status) != 0 && errno == ENOENT
    }

    private static func tooLarge(_ path: String, _ limit: Int) -> SystemError {
        SystemError("read", path, code: EFBIG, reason: "larger than the limit of \(limit) bytes")
    }
}
