/// A line of text inside a PNG (a tEXt chunk), such as who made it: readers show it, and never draw it.
package struct PNGText: Equatable, Sendable {
    /// What the text is about; 1 to 79 characters of Latin-1, without spaces at either end.
    package let keyword: String
    /// Latin-1.
    package let text: String

    /// Throws `ImagingError.text` for a keyword or text that a PNG cannot hold.
    package init(keyword: String, text: String) throws(ImagingError) {
        guard let key = Self.latin1(keyword), (1...79).contains(key.count), key.first != 32, key.last != 32,
            Self.latin1(text) != nil
        else { throw .text(keyword: keyword) }
        self.keyword = keyword
        self.text = text
    }

    /// The string's Latin-1 bytes; nil if it has characters that Latin-1 or a tEXt chunk has not
    /// (PNG specification, 11.3.3.2: printable characters and line feeds).
    static func latin1(_ string: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        for scalar in string.unicodeScalars {
            guard scalar.value <= 255, scalar == "\n" || !(scalar.value < 32 || (127...160) ~= scalar.value)
            else { return nil }
            bytes.append(UInt8(scalar.value))
        }
        return bytes
    }
}
