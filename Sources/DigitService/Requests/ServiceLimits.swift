import DigitGen
import StrictJSON

/// What one request may ask for. `hello` tells them to clients.
package enum ServiceLimits {
    /// The version of the protocol. It changes when a client that knows the old one would break.
    package static let protocolVersion = 1
    /// Bytes of a line, without the newline that ends it.
    package static let lineBytes = 65_536
    /// Nesting of arrays and objects, which only an `id` can need.
    package static let nesting = JSONValue.defaultDepthLimit
    /// Digits of one number.
    package static let numberDigits = DigitGenerator.digitLimit
    /// Digits of all images of a request together: its pixels are held in memory until they are sent.
    package static let requestDigits = 10_000
    /// Numbers that the first image of a request may have: whole numbers that a double holds, too.
    package static let firstImages = 0...(1 << 53) - 1
}
