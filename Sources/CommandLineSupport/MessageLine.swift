import Platform

/// An error's text as one line that can be read: without line breaks, with escapes for what would be an order to the
/// terminal, and without the middle of what is too long (an argument may be).
package func messageLine(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ").printable
    return line.count <= 1000 ? line : "\(line.prefix(600)) … \(line.suffix(350))"
}
