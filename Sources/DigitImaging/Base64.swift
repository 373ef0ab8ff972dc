/// Base64 (RFC 4648, section 4) with padding and without line breaks.
package enum Base64 {
    /// The two characters of each 12 bits, the first in the low byte.
    private static let pairs: [UInt16] = {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        return (0..<4096).map { UInt16(alphabet[$0 >> 6]) | UInt16(alphabet[$0 & 63]) << 8 }
    }()

    /// The length of the text for `count` bytes of data.
    package static func length(_ count: Int) -> Int { (count + 2) / 3 * 4 }

    /// Appends the text of `data`.
    ///
    /// Three bytes are two groups of 12 bits, so two look-ups write four characters.
    package static func append(_ data: ArraySlice<UInt8>, to text: inout [UInt8]) {
        let start = text.count
        text.append(contentsOf: repeatElement(UInt8(ascii: "="), count: length(data.count)))
        let input = data.span
        let table = pairs.span
        var (from, to) = (0, start)
        var output = text.mutableSpan
        var words = output.mutableBytes
        // Six bytes at a time, of eight that are there, as eight characters.
        while from + 8 <= input.count {
            let bytes = input.bytes.unsafeLoadUnaligned(fromByteOffset: from, as: UInt64.self).bigEndian
            var characters: UInt64 = 0
            for part in 0..<4 {
                let twelve = Int(truncatingIfNeeded: bytes >> UInt64(52 - 12 * part)) & 0xFFF
                characters |= UInt64(table[twelve]) << UInt64(16 * part)
            }
            words.storeBytes(of: characters.littleEndian, toByteOffset: to, as: UInt64.self)
            (from, to) = (from + 6, to + 8)
        }
        while from + 2 < input.count {
            let (a, b, c) = (UInt16(input[from]), UInt16(input[from + 1]), UInt16(input[from + 2]))
            let first = table[Int(a << 4 | b >> 4)]
            let second = table[Int((b & 15) << 8 | c)]
            output[to] = UInt8(truncatingIfNeeded: first)
            output[to + 1] = UInt8(truncatingIfNeeded: first >> 8)
            output[to + 2] = UInt8(truncatingIfNeeded: second)
            output[to + 3] = UInt8(truncatingIfNeeded: second >> 8)
            (from, to) = (from + 3, to + 4)
        }
        guard from < input.count else { return }
        // One byte left gives two characters, two bytes three; the padding stands there already.
        let a = UInt16(input[from])
        let b = from + 1 < input.count ? UInt16(input[from + 1]) : nil
        let first = table[Int(a << 4 | (b ?? 0) >> 4)]
        output[to] = UInt8(truncatingIfNeeded: first)
        output[to + 1] = UInt8(truncatingIfNeeded: first >> 8)
        if let b { output[to + 2] = UInt8(truncatingIfNeeded: table[Int((b & 15) << 8)]) }
    }
}
