import StrictJSON

extension DrawRequest {
    private static let fields = [
        "id", "digits", "count", "first", "seed", "style", "vary", "morph", "model", "format", "layout", "op",
    ]

    /// Reads the fields of an object. Those that are not there keep their defaults; null is not the same.
    init(_ object: JSONObject) throws(RequestError) {
        for member in object.members {
            switch member.key {
            case "id": break
            case "digits": try set(digits: member.value)
            case "count": break
            case "first": first = try Self.first(member.value)
            case "seed": seed = try Self.seed(member.value)
            case "style": try set(style: member.value)
            case "vary": try set(vary: member.value)
            case "morph": try set(morph: member.value)
            case "model": model = try Self.model(member.value)
            case "format": format = try Self.choice(member.value, name: "format", code: .invalidFormat)
            case "layout": layout = try Self.choice(member.value, name: "layout", code: .invalidLayout)
            default: throw .unknownField(member.key, known: Self.fields)
            }
        }
        // Last, because the digits decide how many images there may be.
        if let value = object["count"] { try set(count: value) }
        try checkHandwriting(object)
    }

    /// Sets `digits` from a string, or from a number that is written with digits alone.
    mutating func set(digits value: JSONValue) throws(RequestError) {
        guard let text = value.string ?? value.number?.text,
            !text.isEmpty, text.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") <= 9 })
        else {
            throw .invalidField(
                .invalidDigits, name: "digits", found: value,
                expected: #"one or more of the digits 0 to 9 in a string, such as "7" or "90210""#)
        }
        guard text.utf8.count <= ServiceLimits.numberDigits else {
            throw .numberTooLong(digits: text.utf8.count)
        }
        digits = text.utf8.map { $0 - UInt8(ascii: "0") }
    }

    private mutating func set(count value: JSONValue) throws(RequestError) {
        guard let number = value.number, number.isInteger, number.text != "0",
            number.text.utf8.first != UInt8(ascii: "-")
        else {
            throw .invalidField(
                .invalidCount, name: "count", found: value, expected: "a whole number of at least 1")
        }
        let digits = self.digits?.count ?? 1
        let limit = ServiceLimits.requestDigits / digits
        guard let count = Int(number.text), count <= limit else {
            throw .tooManyDigits(count: number.text, digits: digits, limit: limit)
        }
        self.count = count
    }

    private static func first(_ value: JSONValue) throws(RequestError) -> Int {
        guard let first = try? value.number?.integer(as: Int.self), ServiceLimits.firstImages.contains(first)
        else {
            throw .invalidField(
                .invalidFirst, name: "first", found: value,
                expected: "a whole number from 0 to \(ServiceLimits.firstImages.upperBound)")
        }
        return first
    }

    private static func seed(_ value: JSONValue) throws(RequestError) -> WideNumber {
        guard let seed = WideNumber(value) else {
            throw .invalidField(.invalidSeed, name: "seed", found: value, expected: WideNumber.expectation)
        }
        return seed
    }

    private static func model(_ value: JSONValue) throws(RequestError) -> String {
        guard let model = value.string else {
            throw .invalidField(
                .unknownModel, name: "model", found: value, expected: "the name of a model in a string")
        }
        return model
    }

    private static func choice<Choice: RawRepresentable & CaseIterable>(
        _ value: JSONValue, name: String, code: ErrorCode
    ) throws(RequestError) -> Choice where Choice.RawValue == String {
        guard let choice = value.string.flatMap(Choice.init(rawValue:)) else {
            let names = Choice.allCases.map { "\"\($0.rawValue)\"" }
            throw .invalidField(code, name: name, found: value, expected: names.joined(separator: " or "))
        }
        return choice
    }
}
