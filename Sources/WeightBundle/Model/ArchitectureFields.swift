import StrictJSON

/// The members of one JSON object of an architecture, read with errors that name the layer and the member.
struct ArchitectureFields {
    private let object: JSONObject
    private let layer: Int?

    init(_ value: JSONValue, layer: Int?) throws(BundleError) {
        guard let object = value.object else {
            throw .architecture(layer: layer, found: value.kind, expected: "an object")
        }
        self.object = object
        self.layer = layer
    }

    func wrong(_ found: String, expected: String) -> BundleError {
        .architecture(layer: layer, found: found, expected: expected)
    }

    /// Checks that there is no member besides these.
    func requireOnly(_ keys: [String]) throws(BundleError) {
        for member in object.members where !keys.contains(member.key) {
            throw wrong("key \(quoted(member.key))", expected: "only " + keys.joined(separator: ", "))
        }
    }

    func integer(_ key: String, in range: ClosedRange<Int>) throws(BundleError) -> Int {
        try integer(value(key), name: key, in: range)
    }

    func string(_ key: String) throws(BundleError) -> String {
        let value = try value(key)
        guard let text = value.string else { throw wrong("\(key): \(value.kind)", expected: "a string") }
        return text
    }

    func array(_ key: String) throws(BundleError) -> [JSONValue] {
        let value = try value(key)
        guard let array = value.array else { throw wrong("\(key): \(value.kind)", expected: "an array") }
        return array
    }

    /// A volume written as `[height, width, channels]`.
    func volume(_ key: String) throws(BundleError) -> Volume {
        let sides = try array(key)
        guard sides.count == 3 else {
            throw wrong("\(key) of \(sides.count) numbers", expected: "[height, width, channels]")
        }
        let limits = Architecture.Limits.self
        return Volume(
            height: try integer(sides[0], name: "\(key) height", in: limits.side),
            width: try integer(sides[1], name: "\(key) width", in: limits.side),
            channels: try integer(sides[2], name: "\(key) channels", in: limits.channels))
    }

    func activation() throws(BundleError) -> GeneratorLayer.Activation {
        let name = try string("activation")
        guard let activation = GeneratorLayer.Activation(rawValue: name) else {
            throw wrong("activation \(quoted(name))", expected: "relu, leaky_relu, tanh or ink")
        }
        return activation
    }

    private func value(_ key: String) throws(BundleError) -> JSONValue {
        guard let value = object[key] else { throw wrong("no \(key)", expected: "it to be there") }
        return value
    }

    private func integer(
        _ value: JSONValue, name: String, in range: ClosedRange<Int>
    ) throws(BundleError) -> Int {
        guard let number = value.number else {
            throw wrong("\(name): \(value.kind)", expected: "\(range)")
        }
        guard let integer = try? number.integer(as: Int.self), range.contains(integer) else {
            throw wrong("\(name) \(shortened(number.text))", expected: "\(range)")
        }
        return integer
    }
}
