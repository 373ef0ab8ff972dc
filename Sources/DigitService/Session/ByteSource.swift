/// Where the bytes of requests come from: a pipe, or memory.
package protocol ByteSource: AnyObject {
    /// Waits for bytes and takes those that are there. Throws `ServiceError.cannotRead`.
    func read() throws(ServiceError) -> Arrival

    /// Whether `read` would return at once.
    var isReady: Bool { get }

    /// Whether the session shall end although there may be more.
    var isStopped: Bool { get }
}

/// What comes of waiting for bytes.
package enum Arrival: Equatable, Sendable {
    /// At least one byte.
    case bytes([UInt8])
    /// There will never be more.
    case end
    /// The session shall end.
    case stopped
}
