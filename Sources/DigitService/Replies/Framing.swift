/// How images come in replies.
package enum Framing: String, CaseIterable, Sendable {
    /// As base64 in `data`, so that a reply is one line of JSON.
    case json
    /// As they are, after the line: it has their number of bytes in `bytes`, and a newline follows them.
    case binary
}
