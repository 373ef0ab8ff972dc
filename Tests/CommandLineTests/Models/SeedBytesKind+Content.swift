import StrictJSON
import TestSupport

/// The parts of files that are promised, in a form of their own.
extension SeedBytesKind {
    /// A file that is not what it should be.
    struct Malformed: Error {
        let what: String
    }

    static func picture(_ bytes: [UInt8]) throws -> [UInt8] {
        guard let png = DecodedPNG(bytes) else { throw Malformed(what: "a PNG") }
        let texts = png.texts.filter { !$0.hasPrefix("Software=") }
        let head = ["\(png.width)x\(png.height)\(png.hasAlpha ? " with opacity" : "")"] + texts
        return Array(head.joined(separator: "\n").utf8) + [UInt8(ascii: "\n")] + png.pixels
    }

    static func archive(_ bytes: [UInt8]) throws -> [UInt8] {
        var content: [UInt8] = []
        var rest = bytes[...]
        while rest.count >= 512, rest.first != 0 {
            let name = rest.prefix(100).prefix { $0 != 0 }
            let digits = String(decoding: rest.dropFirst(124).prefix(11), as: UTF8.self)
            guard let size = Int(digits, radix: 8), rest.count >= 512 + size else {
                throw Malformed(what: "a tar archive")
            }
            let member = Array(rest.dropFirst(512).prefix(size))
            content += name + [UInt8(ascii: "\n")]
            content += name.suffix(4).elementsEqual(".png".utf8) ? try picture(member) : member
            rest = rest.dropFirst(512 + (size + 511) / 512 * 512)
        }
        return content
    }

    /// The members that docs/protocol.md names today; more may come.
    static func reply(_ bytes: [UInt8]) throws -> [UInt8] {
        guard let reply = try JSONValue(parsing: bytes.filter { $0 != UInt8(ascii: "\n") }).object else {
            throw Malformed(what: "a reply")
        }
        var content = JSONObject()
        for key in ["ok", "model", "seed", "labels", "format", "width", "height", "data"] {
            guard let value = reply[key] else { throw Malformed(what: "a reply with \(key)") }
            content[key] = value
        }
        return JSONValue.object(content).serialized
    }
}
