import StrictJSON

/// The fields of a JSON file that belongs to a run, read with errors that name the file and the key.
package struct RunFields {
    let path: String
    private let object: JSONObject

    /// - Parameter limit: bytes that the file has at most.
    /// - Throws: `RunError.unreadable`, or `.malformedConfiguration` if it holds no JSON object.
    package init(_ path: String, limit: Int) throws(RunError) {
        let bytes: [UInt8]
        do { bytes = try FileBytes.readOrdinary(path, limit: limit) } catch { throw .unreadable(error) }
        let value: JSONValue
        do { value = try JSONValue(parsing: bytes) } catch {
            throw .malformedConfiguration(path: path, reason: error.description)
        }
        guard let object = value.object else {
            throw .malformedConfiguration(path: path, reason: "\(value.kind) where an object is expected")
        }
        self.path = path
        self.object = object
    }

    package func wrong(_ key: String, _ expected: String) -> RunError {
        .malformedConfiguration(path: path, reason: "\"\(key)\" must be \(expected)")
    }

    package func has(_ key: String) -> Bool { object[key] != nil }

    package func text(_ key: String) throws(RunError) -> String {
        guard let text = object[key]?.string else { throw wrong(key, "a string") }
        return text
    }

    package func number(_ key: String) -> Double? { try? object[key]?.number?.double() }

    package func count(_ key: String, in range: ClosedRange<Int>) throws(RunError) -> Int {
        guard let number: Int = try? object[key]?.number?.integer(), range.contains(number) else {
            throw wrong(key, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    package func seed(_ key: String) throws(RunError) -> UInt64 {
        guard let seed: UInt64 = try? object[key]?.number?.integer() else {
            throw wrong(key, "a whole number from 0 to \(UInt64.max)")
        }
        return seed
    }
}
