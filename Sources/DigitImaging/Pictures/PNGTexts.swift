import CPNG
import Platform

/// The texts that a PNG carries ahead of its pixels.
package enum PNGTexts {
    /// The most bytes that are read.
    private static let limit = 1 << 20
    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// The reason why there are no texts.
    package enum Problem: Error, Equatable, Sendable {
        case unreadable(SystemError)
        case notPNG
        /// The file ends ahead of its pixels, or the checksum of a chunk is not that of its content.
        case damaged
    }

    /// The texts of tEXt chunks and of iTXt chunks without compression, by keyword. What follows the first pixels, or
    /// the first MiB, is not read.
    package static func read(_ path: String) throws(Problem) -> [String: String] {
        var bytes: [UInt8] = []
        do throws(SystemError) {
            let file = try FileReader(path)
            while bytes.count < limit {
                let piece = try file.next()
                guard !piece.isEmpty else { break }
                bytes += piece
            }
        } catch {
            throw .unreadable(error)
        }
        return try texts(in: bytes)
    }

    /// The same of a file, or of its first MiB.
    package static func texts(in bytes: [UInt8]) throws(Problem) -> [String: String] {
        guard bytes.starts(with: signature) else { throw .notPNG }
        var texts: [String: String] = [:]
        var rest = bytes.dropFirst(signature.count)
        while true {
            let length = Int(number(rest))
            let type = String(decoding: rest.dropFirst(4).prefix(4), as: UTF8.self)
            guard type != "IDAT" else { break }
            guard length <= rest.count - 12 else {
                guard bytes.count >= limit else { throw .damaged }
                break
            }
            let checksum = rest.dropFirst(4).prefix(4 + length).withUnsafeBufferPointer {
                cpng_checksum($0.baseAddress, $0.count)
            }
            guard checksum == number(rest.dropFirst(8 + length)) else { throw .damaged }
            let data = rest.dropFirst(8).prefix(length)
            if let (keyword, text) = text(of: data, type: type), texts[keyword] == nil {
                texts[keyword] = text
            }
            rest = rest.dropFirst(length + 12)
        }
        return texts
    }

    /// The number in the first four bytes, the highest first.
    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func text(of data: ArraySlice<UInt8>, type: String) -> (keyword: String, text: String)? {
        guard type == "tEXt" || type == "iTXt", let end = data.firstIndex(of: 0) else { return nil }
        var text = data[(end + 1)...]
        if type == "iTXt" {
            // Two bytes of compression, none here; the language and the translated keyword, each with a zero.
            guard text.prefix(2).elementsEqual([0, 0]) else { return nil }
            text = text.dropFirst(2)
            for _ in 0..<2 {
                guard let zero = text.firstIndex(of: 0) else { return nil }
                text = text[(zero + 1)...]
            }
        }
        // Latin-1 is the first of Unicode.
        let decoded =
            type == "iTXt"
            ? String(decoding: text, as: UTF8.self)
            : String(String.UnicodeScalarView(text.map(Unicode.Scalar.init)))
        return (String(String.UnicodeScalarView(data[..<end].map(Unicode.Scalar.init))), decoded)
    }
}
