import StrictJSON

@testable import DigitModel

/// Errors in the safetensors header as a whole.
enum MalformedHeaders {
    static let all: [Malformed] = lengths + texts + forms

    private static let limit = 1 << 20

    /// The sample with another number in its first eight bytes.
    private static func length(_ bytes: [UInt8]) -> [UInt8] {
        bytes + Sample.file[8...]
    }

    /// A file that is a header only.
    private static func header(_ text: String) -> [UInt8] {
        EditableFile.join(Array(text.utf8), [])
    }

    private static let lengths: [Malformed] = [
        Malformed("an empty frame", file: [], .headerTruncated(bytes: 0, needed: 8)),
        Malformed("seven bytes", file: [0, 0, 0, 0, 0, 0, 0], .headerTruncated(bytes: 7, needed: 8)),
        Malformed(
            "a header of no bytes", file: [0, 0, 0, 0, 0, 0, 0, 0],
            .header(.unexpected(nil, offset: 0, expected: "'{'"))),
        Malformed(
            "a header longer than the file", file: length([0, 0x10, 0, 0, 0, 0, 0, 0]),
            .headerTruncated(bytes: Sample.file.count, needed: 8 + 0x1000)),
        Malformed(
            "a header of 1 MiB and one byte", file: length([1, 0, 0x10, 0, 0, 0, 0, 0]),
            .headerTooLarge(bytes: UInt64(limit) + 1, limit: limit)),
        Malformed(
            "a header of 2^64 - 1 bytes", file: length([UInt8](repeating: 0xFF, count: 8)),
            .headerTooLarge(bytes: .max, limit: limit)),
        Malformed(
            "a header of 2^63 bytes", file: length([0, 0, 0, 0, 0, 0, 0, 0x80]),
            .headerTooLarge(bytes: 1 << 63, limit: limit)),
        Malformed(
            "a header that ends in a key", file: length([3, 0, 0, 0, 0, 0, 0, 0]),
            .header(.unexpected(nil, offset: 3, expected: #"'"' at the end of the string"#))),
    ]

    private static let texts: [Malformed] = [
        Malformed(
            "white space before the header", file: header(#" {"__metadata__":{}}"#),
            .header(.unexpected(0x20, offset: 0, expected: "'{'"))),
        Malformed(
            "a list for a header", file: header("[]"),
            .header(.unexpected(0x5B, offset: 0, expected: "'{'"))),
        Malformed(
            "two objects for a header", file: header("{}{}"), .header(.trailingContent(offset: 2))),
        Malformed(
            "a zero byte for padding", file: header("{}\0"), .header(.trailingContent(offset: 2))),
        Malformed(
            "a byte that is not UTF-8", file: EditableFile.join([0x7B, 0x22, 0xFF, 0x22, 0x7D], []),
            .header(.invalidUTF8(offset: 2))),
        Malformed(
            "half a surrogate pair", file: header(#"{"\ud800":{}}"#), .header(.loneSurrogate(offset: 2))),
        Malformed(
            "a comma at the end", file: header(#"{"a":{},}"#),
            .header(.unexpected(0x7D, offset: 8, expected: "a key in quotes"))),
        Malformed(
            "lists in lists", file: header("{\"a\":" + String(repeating: "[", count: 100_000)),
            .header(.tooDeep(limit: 3, offset: 7))),
        Malformed(
            "two tensors of one name", header: "\"layers.1.bias\"", "\"layers.0.bias\"",
            .header(.duplicateKey("layers.0.bias", offset: 1_076))),
        Malformed(
            "two tensors of one name in two spellings", header: "\"layers.1.bias\"",
            "\"layers.\\u0030.bias\"",
            .header(.duplicateKey("layers.0.bias", offset: 1_076))),
        Malformed(
            "metadata twice", header: "\"pixels\":", "\"__metadata__\":{},\"pixels\":",
            .header(.duplicateKey("__metadata__", offset: 2_293))),
        Malformed(
            "a data type twice in one tensor", header: "{\"dtype\":\"U8\",\"shape\":[256]",
            "{\"dtype\":\"U8\",\"dtype\":\"U8\",\"shape\":[256]",
            .header(.duplicateKey("dtype", offset: 2_316))),
    ]

    private static let forms: [Malformed] = [
        Malformed(
            "no metadata", file: header("{}"),
            .headerForm(found: "missing __metadata__", expected: "an object")),
        Malformed(
            "metadata that is a list", file: header(#"{"__metadata__":[]}"#),
            .headerForm(found: "__metadata__: an array", expected: "an object")),
        Malformed(
            "metadata with a number", header: "\"seed\":\"7\"", "\"seed\":7",
            .metadata(key: "seed", found: "a number", expected: "a string")),
        Malformed(
            "metadata with an object", header: "\"seed\":\"7\"", "\"seed\":{}",
            .metadata(key: "seed", found: "an object", expected: "a string")),
    ]
}
