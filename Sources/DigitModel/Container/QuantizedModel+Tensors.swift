import StrictJSON

/// The names and shapes of a bundle's tensors, and the conversion of models to and from them.
extension QuantizedModel {
    /// Name, type and shape of one tensor.
    struct TensorForm: Equatable {
        let name: String
        let type: Safetensors.ElementType
        let shape: [Int]
    }

    /// Tensors of layer `index`.
    private enum LayerTensors {
        static func weight(_ index: Int) -> String { "layers.\(index).weight" }
        static func weightScale(_ index: Int) -> String { "layers.\(index).weight_scale" }
        static func bias(_ index: Int) -> String { "layers.\(index).bias" }
        static func outputScale(_ index: Int) -> String { "layers.\(index).output_scale" }
        static func outputZeroPoint(_ index: Int) -> String { "layers.\(index).output_zero_point" }
    }

    private static let pixelsName = "pixels"

    /// The tensors of a model with these layers in the order in which a bundle stores their data: those of four
    /// bytes an element first, which keeps all of them aligned.
    static func tensorForms(of layers: [GeneratorLayer]) -> [TensorForm] {
        var floats: [TensorForm] = []
        var bytes: [TensorForm] = []
        for (index, layer) in layers.enumerated() {
            let channels = [layer.outputChannels]
            floats += [
                TensorForm(name: LayerTensors.weightScale(index), type: .float32, shape: channels),
                TensorForm(name: LayerTensors.bias(index), type: .float32, shape: channels),
                TensorForm(name: LayerTensors.outputScale(index), type: .float32, shape: [1]),
            ]
            bytes += [
                TensorForm(name: LayerTensors.weight(index), type: .int8, shape: layer.weightShape),
                TensorForm(name: LayerTensors.outputZeroPoint(index), type: .uint8, shape: [1]),
            ]
        }
        let pixels = TensorForm(name: pixelsName, type: .uint8, shape: [256])
        return floats + bytes + (layers.last?.activation == .ink ? [] : [pixels])
    }

    /// The model's tensors in the order of `tensorForms`. The model must be valid.
    var tensors: [Safetensors.Tensor] {
        var contents: [String: [UInt8]] = [Self.pixelsName: pixels]
        for (index, layer) in layers.enumerated() {
            contents[LayerTensors.weight(index)] = layer.weights.map(UInt8.init(bitPattern:))
            contents[LayerTensors.weightScale(index)] = Self.bytes(of: layer.weightScales)
            contents[LayerTensors.bias(index)] = Self.bytes(of: layer.biases)
            contents[LayerTensors.outputScale(index)] = Self.bytes(of: [layer.outputScale])
            contents[LayerTensors.outputZeroPoint(index)] = [layer.outputZeroPoint]
        }
        return Self.tensorForms(of: architecture.layers).map { form in
            Safetensors.Tensor(
                name: form.name, type: form.type, shape: form.shape, bytes: (contents[form.name] ?? [])[...])
        }
    }

    /// Makes a model of a valid architecture and exactly its tensors.
    init(architecture: Architecture, tensors: [Safetensors.Tensor]) throws(BundleError) {
        let forms = Self.tensorForms(of: architecture.layers)
        let expected = Dictionary(uniqueKeysWithValues: forms.map { ($0.name, $0) })
        var contents: [String: ArraySlice<UInt8>] = [:]
        for tensor in tensors {
            guard let form = expected[tensor.name] else { throw .unknownTensor(tensor.name) }
            try Self.check(tensor, form)
            contents[tensor.name] = tensor.bytes
        }
        for form in forms where contents[form.name] == nil {
            throw .missingTensor(form.name)
        }
        func bytes(_ name: String) -> ArraySlice<UInt8> { contents[name] ?? [] }

        self.init(
            architecture: architecture,
            layers: architecture.layers.indices.map { index in
                QuantizedLayer(
                    weights: Self.signed(bytes(LayerTensors.weight(index))),
                    weightScales: Self.floats(from: bytes(LayerTensors.weightScale(index))),
                    biases: Self.floats(from: bytes(LayerTensors.bias(index))),
                    outputScale: Self.floats(from: bytes(LayerTensors.outputScale(index)))[0],
                    outputZeroPoint: bytes(LayerTensors.outputZeroPoint(index)).first ?? 0)
            },
            pixels: Array(bytes(Self.pixelsName)))
    }

    private static func check(_ tensor: Safetensors.Tensor, _ form: TensorForm) throws(BundleError) {
        guard tensor.type == form.type else {
            throw .tensor(
                tensor.name, found: "dtype \(tensor.type.rawValue)", expected: form.type.rawValue)
        }
        guard tensor.shape == form.shape else {
            throw .tensor(
                tensor.name, found: "shape \(shortened("\(tensor.shape)"))", expected: "\(form.shape)")
        }
    }

    private static func bytes(of floats: [Float]) -> [UInt8] {
        floats.flatMap { value in
            (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
        }
    }

    /// One number for each four bytes.
    private static func floats(from bytes: ArraySlice<UInt8>) -> [Float] {
        let source = bytes.span.bytes
        return (0..<bytes.count / 4).map { index in
            let pattern = source.unsafeLoadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
            return Float(bitPattern: UInt32(littleEndian: pattern))
        }
    }

    /// The bytes as signed ones, copied at once: they are nearly all of a bundle.
    private static func signed(_ bytes: ArraySlice<UInt8>) -> [Int8] {
        bytes.withUnsafeBytes { Array($0.bindMemory(to: Int8.self)) }
    }
}
