/// The checksum of zstd frames: XXH64 (RFC 8878, section 3.1.1; algorithm: xxhash.com), written for clarity.
enum XXHash64 {
    private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
    private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
    private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

    /// The hash of the bytes with seed 0.
    static func hash(_ bytes: [UInt8]) -> UInt64 {
        var position = 0
        func next(_ count: Int) -> UInt64 {
            defer { position += count }
            return (0..<count).reduce(0) { $0 | UInt64(bytes[position + $1]) << UInt64(8 * $1) }
        }

        var hash = prime5
        if bytes.count >= 32 {
            var lanes = [prime1 &+ prime2, prime2, 0, 0 &- prime1]
            while bytes.count - position >= 32 {
                for lane in lanes.indices { lanes[lane] = round(lanes[lane], next(8)) }
            }
            hash = rotate(lanes[0], 1) &+ rotate(lanes[1], 7) &+ rotate(lanes[2], 12) &+ rotate(lanes[3], 18)
            for lane in lanes { hash = (hash ^ round(0, lane)) &* prime1 &+ prime4 }
        }
        hash &+= UInt64(bytes.count)
        while bytes.count - position >= 8 {
            hash = rotate(hash ^ round(0, next(8)), 27) &* prime1 &+ prime4
        }
        if bytes.count - position >= 4 {
            hash = rotate(hash ^ next(4) &* prime1, 23) &* prime2 &+ prime3
        }
        while position < bytes.count {
            hash = rotate(hash ^ next(1) &* prime5, 11) &* prime1
        }
        hash = (hash ^ (hash >> 33)) &* prime2
        hash = (hash ^ (hash >> 29)) &* prime3
        return hash ^ (hash >> 32)
    }

    private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
        rotate(lane &+ input &* prime2, 31) &* prime1
    }

    private static func rotate(_ word: UInt64, _ count: UInt64) -> UInt64 {
        word << count | word >> (64 - count)
    }
}
