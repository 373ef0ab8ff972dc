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
            "layers": .array(layers.map(\.json)),
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
            // Now and not at the end: the next layer multiplies this one's sides.
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
