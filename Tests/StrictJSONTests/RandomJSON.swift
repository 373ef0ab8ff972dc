import StrictJSON

/// Random values of every kind, from a seed.
struct RandomJSON {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &+ 1
    }

    /// A value nested at most `depth` deep.
    mutating func value(depth: Int) -> JSONValue {
        switch next(below: depth > 0 ? 8 : 6) {
        case 0: return .null
        case 1: return .bool(next(below: 2) == 0)
        case 2: return .integer(Int64(truncatingIfNeeded: next()))
        case 3: return .double(Double(bitPattern: next()))
        case 4, 5: return .string(string())
        case 6: return .array((0..<next(below: 6)).map { _ in value(depth: depth - 1) })
        default:
            var object = JSONObject()
            for _ in 0..<next(below: 20) { object[string()] = value(depth: depth - 1) }
            return .object(object)
        }
    }

    private mutating func string() -> String {
        var text = String.UnicodeScalarView()
        let limits: [UInt32] = [0x20, 0x80, 0x800, 0x1_0000, 0x11_0000]
        for _ in 0..<next(below: 8) {
            let code = UInt32(next(below: Int(limits[next(below: limits.count)])))
            text.append(Unicode.Scalar(code) ?? "\u{FFFD}")
        }
        return String(text)
    }

    /// Marsaglia's xorshift64 ("Xorshift RNGs", 2003), multiplied (Vigna 2014).
    private mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_F491_4F6C_DD1D
    }

    private mutating func next(below bound: Int) -> Int {
        Int(next() >> 33) % bound
    }
}
