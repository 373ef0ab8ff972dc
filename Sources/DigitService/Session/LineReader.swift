/// Cuts bytes into lines. It never holds more than one line of the greatest length and what arrived last. A UTF-8
/// byte order mark before the first line, as Windows PowerShell writes one into pipes, is skipped.
package struct LineReader: Sendable {
    /// The bytes between two newlines, or before the end.
    package enum Line: Equatable, Sendable {
        /// The bytes, without the newline.
        case bytes(ArraySlice<UInt8>)
        /// More bytes than the limit. What follows up to the next newline is skipped.
        case tooLong
    }

    private let limit: Int
    private var buffer: [UInt8] = []
    /// Where the next line begins.
    private var start = 0
    /// No newline stands before this.
    private var scanned = 0
    /// True while the rest of a line that was too long is skipped.
    private var isSkipping = false
    /// True while a byte order mark may still come.
    private var isAtStart = true
    /// True if no bytes will follow.
    package private(set) var isAtEnd = false

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// - Parameter limit: the greatest length of a line in bytes.
    package init(limit: Int) {
        self.limit = limit
    }

    /// True if there are bytes that are not yet part of a line.
    package var hasBytes: Bool { start < buffer.count }

    /// Takes the bytes that come next.
    package mutating func append(_ bytes: [UInt8]) {
        if start == buffer.count {
            buffer = bytes
        } else {
            buffer.removeSubrange(..<start)
            buffer += bytes
        }
        scanned -= start
        start = 0
        skipByteOrderMark()
    }

    /// Moves `start` behind the mark once enough bytes are there to tell.
    private mutating func skipByteOrderMark() {
        guard isAtStart, !Self.byteOrderMark.starts(with: buffer) || buffer == Self.byteOrderMark else {
            return
        }
        isAtStart = false
        guard buffer.starts(with: Self.byteOrderMark) else { return }
        start = Self.byteOrderMark.count
        scanned = start
    }

    /// Marks the end: bytes without a newline behind them are the last line.
    package mutating func finish() {
        isAtEnd = true
    }

    /// The next line; nil when more bytes must come first, or when there are none.
    package mutating func next() -> Line? {
        while let newline = buffer[scanned...].firstIndex(of: UInt8(ascii: "\n")) {
            let line = buffer[start..<newline]
            start = newline + 1
            scanned = start
            if isSkipping {
                isSkipping = false
            } else {
                return line.count > limit ? .tooLong : .bytes(line)
            }
        }
        return rest()
    }

    /// The line, if any, of the bytes that have no newline behind them.
    private mutating func rest() -> Line? {
        let line = buffer[start...]
        scanned = buffer.count
        if isSkipping || line.count > limit || isAtEnd { start = buffer.count }
        if isSkipping || line.isEmpty { return nil }
        if line.count > limit {
            isSkipping = true
            return .tooLong
        }
        return isAtEnd ? .bytes(line) : nil
    }
}
