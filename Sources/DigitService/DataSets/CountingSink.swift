import DigitImaging
import DigitModel
import Platform

/// Passes bytes on, and knows afterwards how many there were and what their SHA-256 is.
final class CountingSink: ByteSink {
    private let sink: (any ByteSink)?
    private var hash = SHA256()
    /// Bytes so far.
    private(set) var count = 0

    /// Without a `sink` the bytes are only counted.
    init(_ sink: (any ByteSink)? = nil) {
        self.sink = sink
    }

    /// SHA-256 of the bytes so far, in 64 hexadecimal digits.
    var sha256: String { hash.finalizeHex() }

    func write(_ bytes: ArraySlice<UInt8>) throws(OutputError) {
        bytes.withUnsafeBufferPointer { hash.update($0.span) }
        count += bytes.count
        try sink?.write(bytes)
    }

    func finish() throws(OutputError) {
        try sink?.finish()
    }
}
