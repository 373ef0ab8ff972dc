/// A source of the bytes of requests: a pipe, or memory.
package protocol ByteSource: AnyObject {
    /// Waits for bytes and takes those that are there. Throws `ServiceError.cannotRead`.
    func read() throws(ServiceError) -> Arrival

    /// True if `read` would return at once.
    var isReady: Bool { get }

    /// True if the session is to end although there may be more.
    var isStopped: Bool { get }
}

/// The outcome of waiting for bytes.
package enum Arrival: Equatable, Sendable {
    /// At least one byte.
    case bytes([UInt8])
    /// The end of the input.
    case end
    /// The session is to end.
    case stopped
}
