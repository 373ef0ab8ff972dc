import StrictJSON
import Testing

@Suite("A JSON number")
struct JSONNumberTests {
    private func number(_ text: String) throws -> JSONNumber {
        try #require(try JSONValue(parsing: text).number)
    }

    @Test(
        "keeps its text",
        arguments: ["0", "-0", "1.0", "1e5", "1E+05", "-1.50e-07", "123456789012345678901234567890.5"])
    func text(text: String) throws {
        #expect(try number(text).text == text)
        #expect(try JSONValue(parsing: text).serialized == Array(text.utf8))
    }

    @Test("reads as an integer up to the ends of the type's range")
    func integers() throws {
        #expect(try number("9223372036854775807").integer() == Int.max)
        #expect(try number("-9223372036854775808").integer() == Int.min)
        #expect(try number("18446744073709551615").integer() == UInt64.max)
        #expect(try number("-0").integer() == 0)
        #expect(try number("255").integer(as: UInt8.self) == 255)
    }

    @Test("reports what an integer type cannot hold")
    func integerOverflow() throws {
        for (text, allowed) in [("256", "0...255"), ("-1", "0...255"), ("99999999999999999999", "0...255")] {
            #expect(throws: JSONError.numberOutOfRange(text, allowed: allowed)) {
                try number(text).integer(as: UInt8.self)
            }
        }
        #expect(throws: JSONError.numberOutOfRange("9223372036854775808", allowed: "\(Int.min)...\(Int.max)"))
        {
            try number("9223372036854775808").integer(as: Int.self)
        }
    }

    @Test(
        "is no integer when it is written with a fraction or an exponent", arguments: ["1.0", "1e3", "1E0"])
    func fractions(text: String) throws {
        let number = try number(text)
        #expect(!number.isInteger)
        #expect(throws: JSONError.notAnInteger(text)) { try number.integer(as: Int.self) }
    }

    @Test("reads as the nearest double and reports what would be infinite")
    func doubles() throws {
        #expect(try number("0.1").double() == 0.1)
        #expect(try number("1.7976931348623157e308").double() == .greatestFiniteMagnitude)
        #expect(try number("5e-324").double() == .leastNonzeroMagnitude)
        #expect(try number("1e-999").double() == 0)
        #expect(try number("-0.0").double().sign == .minus)
        for text in ["1e309", "-1e309", "1" + String(repeating: "0", count: 400)] {
            #expect(throws: JSONError.self) { try number(text).double() }
        }
    }

    @Test("exists for finite doubles only, and reads as the same double again")
    func fromDoubles() throws {
        for value in [0, -0.0, 0.1, 1e-5, 1e16, 1e300, -.leastNonzeroMagnitude, 123_456.789] as [Double] {
            let text = try #require(JSONNumber(value)).text
            #expect(try number(text).double().bitPattern == value.bitPattern)
        }
        for value in [Double.nan, .infinity, -.infinity] {
            #expect(JSONNumber(value) == nil)
            #expect(JSONValue.double(value) == .null)
        }
    }
}
