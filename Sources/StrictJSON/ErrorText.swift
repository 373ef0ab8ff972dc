// Texts from a file or a client as error messages repeat them.

/// The text in ASCII and quotation marks, shortened, so that no control character reaches a terminal.
package func quoted(_ text: String) -> String {
    "\"" + shortened(text).unicodeScalars.map { $0.escaped(asASCII: true) }.joined() + "\""
}

/// The first 60 characters.
package func shortened(_ text: String) -> String {
    let start = String.UnicodeScalarView(text.unicodeScalars.prefix(60))
    return start.count == text.unicodeScalars.count ? text : String(start) + "..."
}
