import StrictJSON

/// A whole number of 64 bits in a request: a JSON number, or a string for programs that hold numbers as doubles and
/// change those above 2^53, such as jq and those in JavaScript.
package struct WideNumber: Equatable, Sendable {
    package let value: UInt64
    /// In the form in which it was asked.
    package let json: JSONValue

    /// What a request may have in its place.
    static let expectation = "a whole number from 0 to \(UInt64.max), as a number or in a string"

    /// A number that was asked as a number.
    package init(_ value: UInt64) {
        self.value = value
        json = .integer(value)
    }

    /// nil unless `json` is written as a JSON integer is, without sign, zeros in front or exponent.
    package init?(_ json: JSONValue) {
        guard let text = json.string ?? json.number?.text, let value = UInt64(text), String(value) == text
        else {
            return nil
        }
        self.value = value
        self.json = json
    }
}
