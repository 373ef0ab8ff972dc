import StrictJSON
import Testing

@Suite("A JSON object")
struct JSONObjectTests {
    @Test("keeps the order of its members")
    func order() {
        var object: JSONObject = ["b": .integer(1), "a": .integer(2)]
        object["c"] = .null
        object["b"] = .integer(3)
        #expect(object.members.map(\.key) == ["b", "a", "c"])
        #expect(object["b"] == .integer(3))
        object["a"] = nil
        object["z"] = nil
        #expect(object.members.map(\.key) == ["b", "c"])
        #expect(object["a"] == nil)
    }

    @Test("takes the last value of a repeated key of a literal")
    func literal() {
        let object: JSONObject = ["a": .integer(1), "a": .integer(2)]
        #expect(object.members.count == 1)
        #expect(object["a"] == .integer(2))
    }

    @Test("gives its values by kind")
    func kinds() {
        let values: [JSONValue] = [
            .null, .bool(true), .integer(1), .string("s"), .array([]), .object([:]),
        ]
        #expect(values.map { $0.bool != nil } == [false, true, false, false, false, false])
        #expect(values.map { $0.number != nil } == [false, false, true, false, false, false])
        #expect(values.map { $0.string != nil } == [false, false, false, true, false, false])
        #expect(values.map { $0.array != nil } == [false, false, false, false, true, false])
        #expect(values.map { $0.object != nil } == [false, false, false, false, false, true])
        let kinds = ["null", "a boolean", "a number", "a string", "an array", "an object"]
        #expect(values.map(\.kind) == kinds)
    }
}
