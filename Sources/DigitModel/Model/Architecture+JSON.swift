import StrictJSON

extension Architecture {
    /// The architecture as a bundle stores it:
    ///
    ///     {"latent_size":64,"class_count":10,"label_scale":2,"layers":[
    ///      {"type":"dense","output":[7,7,64],"activation":"relu"},
    ///      {"type":"transposed_convolution","kernel":4,"stride":2,"channels":32,"activation":"relu"}, …]}
    ///
    /// A layer's input is the output of the layer before, so it is not written.
    package var json: JSONValue {
        .object([
            "latent_size": .integer(latentSize),
            "class_count": .integer(classCount),
            "label_scale": .integer(labelScale),
            "layers": .array(layers.map { $0.json }),
        ])
    }

    /// Reads and validates an architecture; see `json` for its form and `validate()` for the limits.
    ///
    /// - Throws: `BundleError.architecture` with the first thing that is wrong.
    package init(json: JSONValue) throws(BundleError) {
        let fields = try ArchitectureFields(json, layer: nil)
        try fields.requireOnly(["latent_size", "class_count", "label_scale", "layers"])
        self.init(
            latentSize: try fields.integer("latent_size", in: Limits.latentSize),
            classCount: try fields.integer("class_count", in: 0...Limits.classes),
            labelScale: try fields.integer("label_scale", in: 0...Limits.labelScale),
            layers: [])
        let layerValues = try fields.array("layers")
        guard Limits.layers.contains(layerValues.count) else {
            throw .architecture(
                layer: nil, found: "\(layerValues.count) layers", expected: "\(Limits.layers)")
        }
        for (index, value) in layerValues.enumerated() {
            let input = outputVolume
            try appendLayer(ArchitectureFields(value, layer: index))
            // Before the next layer, which multiplies this one's sides.
            try layers[index].validate(at: index, isLast: index == layerValues.count - 1, input: input)
        }
        try validate()
    }

    private mutating func appendLayer(_ fields: ArchitectureFields) throws(BundleError) {
        let type = try fields.string("type")
        switch type {
        case "dense":
            try fields.requireOnly(["type", "output", "activation"])
            appendDense(try fields.volume("output"), activation: try fields.activation())
        case "convolution", "transposed_convolution":
            try fields.requireOnly(["type", "kernel", "stride", "channels", "activation"])
            let kernel = try fields.integer("kernel", in: Limits.kernel)
            let stride = try fields.integer("stride", in: Limits.stride)
            let channels = try fields.integer("channels", in: Limits.channels)
            let activation = try fields.activation()
            if type == "convolution" {
                appendConvolution(
                    kernel: kernel, stride: stride, channels: channels, activation: activation)
            } else {
                appendTransposedConvolution(
                    kernel: kernel, stride: stride, channels: channels, activation: activation)
            }
        default:
            throw fields.wrong(
                "type \(quoted(type))", expected: "dense, convolution or transposed_convolution")
        }
    }
}

extension GeneratorLayer {
    fileprivate var json: JSONValue {
        var object: JSONObject = [:]
        switch operation {
        case .dense:
            object["type"] = .string("dense")
            object["output"] = .array([output.height, output.width, output.channels].map(JSONValue.integer))
        case .convolution(let kernel, let stride):
            object["type"] = .string("convolution")
            object["kernel"] = .integer(kernel)
            object["stride"] = .integer(stride)
            object["channels"] = .integer(output.channels)
        case .transposedConvolution(let kernel, let stride):
            object["type"] = .string("transposed_convolution")
            object["kernel"] = .integer(kernel)
            object["stride"] = .integer(stride)
            object["channels"] = .integer(output.channels)
        }
        object["activation"] = .string(activation.rawValue)
        return .object(object)
    }
}

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

    /// Checks that there are no other members.
    func requireOnly(_ keys: [String]) throws(BundleError) {
        for member in object.members where !keys.contains(member.key) {
            throw wrong(
                "unknown key \(quoted(member.key))", expected: "one of " + keys.joined(separator: ", "))
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
        guard let value = object[key] else { throw wrong("missing \(key)", expected: "a value") }
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
