import DigitImaging
import Platform

/// A conversation: reads requests, draws those that wait together, and answers each in its turn.
///
/// Replies are sent whenever no request waits, so a client may wait for each of them. Requests are read only when
/// the replies before them are sent or fit into a small buffer, so memory stays bounded whatever the client does.
package struct Session: ~Copyable {
    /// How a conversation ends.
    package enum End: Equatable, Sendable {
        /// The input ended, and everything in it is answered.
        case endOfInput
        /// The source was stopped. What had been begun is answered; `hasUnanswered` says whether more had come.
        case stopped(hasUnanswered: Bool)
    }

    /// Bytes of replies that are worth sending although requests wait.
    private static let enoughOutput = 1 << 16

    private let source: any ByteSource
    private let sink: any ByteSink
    private let threads: Int
    private var registry: ModelRegistry
    private var reader = LineReader(limit: ServiceLimits.lineBytes)
    private var writer: ReplyWriter

    /// - Parameters:
    ///   - source: where requests come from.
    ///   - sink: where replies go; `finish` is not called.
    ///   - registry: the models that may be asked for.
    ///   - threads: how many may draw at once; replies do not depend on it.
    /// - Throws: `ServiceError.output` when there is no memory.
    package init(
        from source: any ByteSource, to sink: any ByteSink, registry: ModelRegistry, framing: Framing = .json,
        threads: Int = 1
    ) throws(ServiceError) {
        self.source = source
        self.sink = sink
        self.registry = registry
        self.threads = threads
        do { writer = try ReplyWriter(framing: framing) } catch { throw .output(error) }
    }

    /// Answers until the input ends or the source is stopped.
    ///
    /// - Throws: `ServiceError`; then replies may be missing.
    package mutating func run() throws(ServiceError) -> End {
        var batch = Batch()
        while !source.isStopped {
            batch.removeAll()
            try collect(&batch)
            if !batch.isEmpty {
                batch.render(threads: threads)
                try answer(batch)
                continue
            }
            try send()
            if reader.isAtEnd { return .endOfInput }
            try receive()
        }
        try send()
        if !reader.isAtEnd && source.isReady { try receive() }
        return .stopped(hasUnanswered: reader.hasBytes)
    }

    /// Takes the lines that are there, without waiting for any.
    private mutating func collect(_ batch: inout Batch) throws(ServiceError) {
        while !batch.isFull {
            switch reader.next() {
            case .bytes(let line):
                batch.append(RequestLine(line), byteCount: line.count, registry: &registry)
            case .tooLong:
                batch.append(RequestLine(failure: .lineTooLong), byteCount: 0, registry: &registry)
            case nil:
                guard !reader.isAtEnd, source.isReady, !source.isStopped else { return }
                try receive()
            }
        }
    }

    private mutating func receive() throws(ServiceError) {
        switch try source.read() {
        case .bytes(let bytes): reader.append(bytes)
        case .end: reader.finish()
        case .stopped: break
        }
    }

    /// Writes the replies of a batch that has been drawn.
    private mutating func answer(_ batch: borrowing Batch) throws(ServiceError) {
        for entry in batch.entries {
            answer(entry, of: batch)
            if writer.output.count >= Self.enoughOutput { try send() }
        }
    }

    private mutating func answer(_ entry: Batch.Entry, of batch: borrowing Batch) {
        let id = entry.id
        do throws(RequestError) {
            switch entry.reply {
            case .failure(let error): throw error
            case .hello: writer.writeHello(id: id, registry: registry)
            case .ping: writer.writePing(id: id)
            case .images(let place):
                try writer.write(
                    place.operation, place.source, pixels: batch.pixels(place), id: id)
            case .line(let operation, let number):
                try writer.write(
                    operation, batch.picture(number), by: registry.drawer(for: operation), id: id)
            }
        } catch {
            writer.write(error, id: id)
        }
    }

    private mutating func send() throws(ServiceError) {
        guard !writer.output.isEmpty else { return }
        do { try sink.write(writer.output) } catch { throw .output(.output(error)) }
        writer.removeOutput()
    }
}

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

/// The reason why a session ends before its input does.
package enum ServiceError: Error, Equatable, Sendable {
    /// The requests cannot be read; `reason` is the system's.
    case cannotRead(source: String, reason: String)
    /// Replies cannot be made or sent: `OutputError.closedPipe` when the reader closed the pipe.
    case output(ImagingError)
}

extension ServiceError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cannotRead(let source, let reason): "cannot read \(source): \(reason)"
        case .output(let error): error.description
        }
    }
}

extension ServiceError: ProgramError {
    package var exitStatus: ExitStatus {
        switch self {
        case .cannotRead: .inputOutput
        case .output(let error): error.exitStatus
        }
    }
}
