import DigitGen
import StrictJSON

/// A request.
package enum Request: Equatable, Sendable {
    /// Images.
    case draw(DrawOperation)
    /// A line of text.
    case line(LineOperation)
    /// The program's version, models and limits.
    case hello
    /// An answer.
    case ping
}

/// The limits of one request, which `hello` reports.
package enum ServiceLimits {
    /// The version of the protocol. It changes only when clients of the old one would break.
    package static let protocolVersion = 1
    /// Bytes of a line, without the newline that ends it.
    package static let lineBytes = 65_536
    /// Nesting of arrays and objects, which only an `id` can need.
    package static let nesting = JSONValue.defaultDepthLimit
    /// Digits of one number.
    package static let numberDigits = Digits.lengths.upperBound
    /// Digits of all images of a request together: its pixels are held in memory until they are sent.
    package static let requestDigits = 10_000
    /// Pixels of all images of a request together: those of `requestDigits`, or of four digits of the greatest size.
    package static let requestPixels = 1 << 24
    /// Numbers that the first image of a request may have.
    package static let firstImages = DrawRequest.firstImages
}

/// A parsed line from a client.
package struct RequestLine: Sendable {
    /// The value that the reply repeats; null if the line has none.
    package let id: JSONValue
    package let request: Result<Request, RequestError>

    /// Reads a line, without the newline that ends it.
    package init(_ line: ArraySlice<UInt8>) {
        do throws(RequestError) {
            let value = try Self.value(line)
            self.init(
                id: value.object?["id"] ?? .null,
                request: Result { () throws(RequestError) in try Self.request(value) })
        } catch {
            self.init(failure: error)
        }
    }

    /// A line that gets an error reply; `id` is null if it cannot be parsed.
    init(id: JSONValue = .null, failure: RequestError) {
        self.init(id: id, request: .failure(failure))
    }

    private init(id: JSONValue, request: Result<Request, RequestError>) {
        self.id = id
        self.request = request
    }

    private static func value(_ line: ArraySlice<UInt8>) throws(RequestError) -> JSONValue {
        do {
            return try JSONValue(parsing: line, depthLimit: ServiceLimits.nesting)
        } catch {
            let isEmpty = line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
            if line.starts(with: [0xFF, 0xFE]) || line.starts(with: [0xFE, 0xFF]) { throw .utf16 }
            throw isEmpty ? .emptyLine : .invalidJSON(error)
        }
    }

    private static func request(_ value: JSONValue) throws(RequestError) -> Request {
        switch value {
        case .object(let object):
            if let operation = object["op"] { return try Self.operation(operation, of: object) }
            if LineOperation.isRequested(by: object) { return .line(try LineOperation(object)) }
            return .draw(try DrawOperation(object))
        case .number, .string:
            return .draw(try DrawOperation(digits: value))
        default:
            throw .notARequest(kind: value.kind)
        }
    }

    private static func operation(
        _ operation: JSONValue, of object: JSONObject
    ) throws(RequestError) -> Request {
        for member in object.members where member.key != "id" && member.key != "op" {
            throw .unknownField(member.key, known: ["id", "op"])
        }
        switch operation.string {
        case "hello": return .hello
        case "ping": return .ping
        default:
            throw .invalidField(
                .unknownOperation, name: "op", expected: #""hello" or "ping""#, found: operation)
        }
    }
}
