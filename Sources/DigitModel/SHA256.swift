import CDigest

/// SHA-256 (FIPS 180-4) of bytes that may come in pieces, by the processor's SHA instructions where it has them.
///
///     var hash = SHA256()
///     hash.update(bytes)
///     let digest = hash.finalize()    // 32 bytes
package struct SHA256: Sendable {
    /// The eight words H of section 6.2; they begin with the fractional parts of the square roots of the first
    /// eight primes (section 5.3.3).
    private var state: SIMD8<UInt32> = [
        0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A,
        0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
    ]
    /// Up to 63 bytes that do not fill a block yet.
    private var pending: [UInt8] = []
    /// Scratch space of `compress`: the 64 words of the message schedule.
    private var schedule = [UInt32](repeating: 0, count: 64)
    /// The number of bytes added.
    private var byteCount: UInt64 = 0

    /// True if blocks go to the processor's SHA instructions.
    private let isAccelerated: Bool

    private static let blockSize = 64
    /// True if the processor has SHA instructions.
    static let canAccelerate = dg_sha256_is_available()

    /// A hash of no bytes yet.
    package init() {
        self.init(isAccelerated: Self.canAccelerate)
    }

    /// A hash with or without SHA instructions, which need `canAccelerate`.
    init(isAccelerated: Bool) {
        precondition(!isAccelerated || Self.canAccelerate)
        self.isAccelerated = isAccelerated
        pending.reserveCapacity(Self.blockSize)
    }

    /// Adds bytes.
    package mutating func update(_ bytes: Span<UInt8>) {
        byteCount &+= UInt64(bytes.count)
        var position = 0
        if !pending.isEmpty {
            while position < bytes.count, pending.count < Self.blockSize {
                pending.append(bytes[position])
                position += 1
            }
            guard pending.count == Self.blockSize else { return }
            let block = pending
            compress(block.span, from: 0, blocks: 1)
            pending.removeAll(keepingCapacity: true)
        }
        let blocks = (bytes.count - position) / Self.blockSize
        compress(bytes, from: position, blocks: blocks)
        position += blocks * Self.blockSize
        while position < bytes.count {
            pending.append(bytes[position])
            position += 1
        }
    }

    /// Adds bytes.
    package mutating func update(_ bytes: [UInt8]) {
        update(bytes.span)
    }

    /// Returns the digest, 32 bytes. More bytes may be added afterwards.
    package func finalize() -> [UInt8] {
        var last = self
        // Section 5.1.1: a one bit, zeros, and the length in bits in the last eight bytes of a block.
        var padding: [UInt8] = [0x80]
        let used = (last.pending.count + 1 + 8) % Self.blockSize
        padding.append(contentsOf: repeatElement(0, count: used == 0 ? 0 : Self.blockSize - used))
        let bitCount = byteCount &* 8
        padding.append(contentsOf: (0..<8).map { UInt8(truncatingIfNeeded: bitCount >> (56 - 8 * $0)) })
        last.update(padding)
        return (0..<8).flatMap { word in
            (0..<4).map { UInt8(truncatingIfNeeded: last.state[word] >> (24 - 8 * $0)) }
        }
    }

    /// The digest of `bytes` as 64 lowercase hexadecimal digits.
    package static func hexDigest(of bytes: Span<UInt8>) -> String {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finalizeHex()
    }

    /// The digest of `bytes` as 64 lowercase hexadecimal digits.
    package static func hexDigest(of bytes: [UInt8]) -> String {
        hexDigest(of: bytes.span)
    }

    /// Returns the digest in 64 lowercase hexadecimal digits.
    package func finalizeHex() -> String {
        let digits = Array("0123456789abcdef".utf8)
        let text = finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}

extension SHA256 {
    /// Section 6.2.2 for the `blocks` blocks of 64 bytes from `start` on, which lie within `bytes`.
    private mutating func compress(_ bytes: Span<UInt8>, from start: Int, blocks: Int) {
        guard !isAccelerated else { return accelerate(bytes, from: start, blocks: blocks) }
        for block in 0..<blocks {
            Self.expand(bytes, from: start + block * Self.blockSize, into: &schedule)
            state &+= Self.rounds(on: state, words: schedule.span)
        }
    }

    private mutating func accelerate(_ bytes: Span<UInt8>, from start: Int, blocks: Int) {
        guard blocks > 0 else { return }
        var words = (0..<8).map { state[$0] }
        bytes.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            dg_sha256_compress(&words, Self.constants, base + start, blocks)
        }
        state = SIMD8(words)
    }

    /// The eight working variables after 64 rounds, with `words` = W + K.
    private static func rounds(on state: SIMD8<UInt32>, words: Span<UInt32>) -> SIMD8<UInt32> {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        // Eight rounds at a time: after them every variable is in its own place again.
        var t = 0
        while t < 64 {
            round(a, b, c, &d, e, f, g, &h, words[t])
            round(h, a, b, &c, d, e, f, &g, words[t + 1])
            round(g, h, a, &b, c, d, e, &f, words[t + 2])
            round(f, g, h, &a, b, c, d, &e, words[t + 3])
            round(e, f, g, &h, a, b, c, &d, words[t + 4])
            round(d, e, f, &g, h, a, b, &c, words[t + 5])
            round(c, d, e, &f, g, h, a, &b, words[t + 6])
            round(b, c, d, &e, f, g, h, &a, words[t + 7])
            t += 8
        }
        return [a, b, c, d, e, f, g, h]
    }

    /// One round. Instead of moving every variable one place on, it leaves the new `a` where
    /// `h` was, and the caller rotates the names.
    @inline(__always)
    private static func round(
        _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32,
        _ e: UInt32, _ f: UInt32, _ g: UInt32, _ h: inout UInt32, _ word: UInt32
    ) {
        let choice = g ^ (e & (f ^ g))
        let t1 = h &+ (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) &+ choice &+ word
        let majority = (a & b) | (c & (a | b))
        d &+= t1
        h = t1 &+ (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) &+ majority
    }

    /// The message schedule W of a block, with the round constants K added.
    private static func expand(_ bytes: Span<UInt8>, from start: Int, into schedule: inout [UInt32]) {
        var words = schedule.mutableSpan
        let block = bytes.bytes
        for t in 0..<16 {
            let word = block.unsafeLoadUnaligned(fromByteOffset: start + 4 * t, as: UInt32.self)
            words[t] = UInt32(bigEndian: word)
        }
        for t in 16..<64 {
            let (early, late) = (words[t - 15], words[t - 2])
            let sigma0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >> 3)
            let sigma1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >> 10)
            words[t] = words[t - 16] &+ sigma0 &+ words[t - 7] &+ sigma1
        }
        let constants = Self.constants.span
        for t in 0..<64 {
            words[t] &+= constants[t]
        }
    }

    private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
        word &>> count | word &<< (32 &- count)
    }

    /// Fractional parts of the cube roots of the first 64 primes (section 4.2.2).
    private static let constants: [UInt32] = [
        0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5,
        0x3956_C25B, 0x59F1_11F1, 0x923F_82A4, 0xAB1C_5ED5,
        0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3,
        0x72BE_5D74, 0x80DE_B1FE, 0x9BDC_06A7, 0xC19B_F174,
        0xE49B_69C1, 0xEFBE_4786, 0x0FC1_9DC6, 0x240C_A1CC,
        0x2DE9_2C6F, 0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA,
        0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7,
        0xC6E0_0BF3, 0xD5A7_9147, 0x06CA_6351, 0x1429_2967,
        0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC, 0x5338_0D13,
        0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85,
        0xA2BF_E8A1, 0xA81A_664B, 0xC24B_8B70, 0xC76C_51A3,
        0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070,
        0x19A4_C116, 0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5,
        0x391C_0CB3, 0x4ED8_AA4A, 0x5B9C_CA4F, 0x682E_6FF3,
        0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208,
        0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7, 0xC671_78F2,
    ]
}
