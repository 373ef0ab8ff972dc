import DigitImaging
import Platform

/// Reads an ordinary file from its beginning to its end, in pieces.
final class FileReader {
    /// Why a file cannot be read.
    enum Failure: Error, Equatable {
        case missing
        /// A folder, a pipe or a device is there.
        case notFile
        /// The words of the operating system.
        case system(reason: String)
    }

    private static let pieceSize = 1 << 20

    /// Bytes of the file.
    let size: Int
    private let descriptor: Int32

    init(_ path: String) throws(Failure) {
        // A pipe that nobody writes into would let `open` wait.
        descriptor = Int32(retrying { Int(open(path.cPath, O_RDONLY | O_NONBLOCK | O_CLOEXEC)) })
        guard descriptor >= 0 else {
            throw errno == ENOENT || errno == ENOTDIR ? .missing : Self.failure(errno)
        }
        var status = stat()
        let isKnown = fstat(descriptor, &status) == 0
        let failure = Self.failure(errno)
        size = Int(status.st_size)
        guard isKnown else { throw failure }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notFile }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// The next bytes; none at the end.
    func next() throws(Failure) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: max(1, min(Self.pieceSize, size))) { buffer, count in
            let received = retrying { read(descriptor, buffer.baseAddress, buffer.count) }
            if received < 0 { failure = errno }
            count = max(received, 0)
        }
        guard failure == 0 else { throw Self.failure(failure) }
        return bytes
    }

    private static func failure(_ number: Int32) -> Failure {
        .system(reason: systemReason(number))
    }
}
