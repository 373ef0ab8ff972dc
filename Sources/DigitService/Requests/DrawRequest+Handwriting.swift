import DigitGen
import StrictJSON

/// The fields of a request that say in whose hand, and what they amount to.
extension DrawRequest {
    /// Two numbers that images lie between: of styles or, in a request without digits, digits.
    package struct Morph: Equatable, Sendable {
        package let first: UInt64
        package let last: UInt64
    }

    mutating func set(style value: JSONValue) throws(RequestError) {
        guard let style = WideNumber(value) else {
            throw .invalidField(.invalidStyle, name: "style", found: value, expected: WideNumber.expectation)
        }
        self.style = style.value
    }

    mutating func set(vary value: JSONValue) throws(RequestError) {
        guard let number = try? value.number?.double(), let vary = Fraction(number) else {
            throw .invalidField(.invalidVary, name: "vary", found: value, expected: "a number from 0 to 1")
        }
        self.vary = vary
    }

    mutating func set(morph value: JSONValue) throws(RequestError) {
        let numbers = (value.array ?? []).map { WideNumber($0) }
        guard numbers.count == 2, let first = numbers[0], let last = numbers[1] else {
            throw .invalidField(
                .invalidMorph, name: "morph", found: value,
                expected: "a list of two numbers, each \(WideNumber.expectation)")
        }
        morph = Morph(first: first.value, last: last.value)
    }

    /// Checks what only shows when all fields are read.
    func checkHandwriting(_ object: JSONObject) throws(RequestError) {
        if let value = object["vary"], style == nil || morph != nil {
            throw .invalidField(
                .invalidVary, name: "vary", found: value,
                expected: "left out, or given with style and without morph")
        }
        guard let morph else { return }
        if digits == nil, max(morph.first, morph.last) > 9 {
            throw .invalidField(
                .invalidMorph, name: "morph", found: object["morph"] ?? .null,
                expected: "two digits from 0 to 9, or be given with digits, when it is between styles")
        }
        if digits != nil, let value = object["style"] {
            throw .invalidField(
                .invalidStyle, name: "style", found: value,
                expected: "left out where morph names the styles of digits")
        }
        guard count >= 2 else {
            throw .invalidField(
                .invalidCount, name: "count", found: object["count"] ?? .integer(count),
                expected: "at least 2 with morph, both ends among them")
        }
        if let value = object["first"], first != 0 {
            throw .invalidField(
                .invalidFirst, name: "first", found: value,
                expected: "left out with morph, which is drawn whole")
        }
    }

    /// What the images show.
    var choice: DigitSource.Choice {
        if let digits { return .number(digits) }
        guard let morph else { return .any }
        return .morph(from: UInt8(morph.first), to: UInt8(morph.last), steps: count)
    }

    /// In whose hand they are. Between two digits it is one, by default that which has the seed's number.
    func handwriting(seed: UInt64) -> Handwriting {
        if let morph, digits != nil { return .morph(from: morph.first, to: morph.last, steps: count) }
        if let style = style ?? (morph == nil ? nil : seed) { return .style(style, vary: vary ?? .none) }
        return .eachItsOwn
    }
}
