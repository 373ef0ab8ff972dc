import StrictJSON
import DigitModel

/// The output of `models` and `inspect`, for people and for programs.
struct ModelReport {
    let bundle: Bundle
    /// Bytes of the bundle's file.
    let byteCount: Int
    /// True for the default model.
    let isDefault: Bool

    private var architecture: Architecture { bundle.model.architecture }
    private var manifest: Manifest { bundle.manifest }
    private var isConditional: Bool { architecture.isConditional }
    /// The digits that the model draws.
    private var digits: String { Manifest.text(of: manifest.classes) }

    /// The cells of a line of `models`, under `columnTitles`.
    var cells: [String] {
        [
            manifest.modelName + (isDefault ? " (default)" : ""), isConditional ? "yes" : "no", digits,
            architecture.parameterCount.grouped, architecture.macsPerImage.grouped, byteCount.grouped,
        ]
    }

    static let columnTitles = [
        "model", "conditional", "digits", "parameters", "MACs per image", "bytes",
    ]

    /// The line of `models`, as JSON.
    var summary: JSONObject {
        [
            "name": .string(manifest.modelName),
            "default": .bool(isDefault),
            "conditional": .bool(isConditional),
            "classes": .string(digits),
            "parameters": .integer(architecture.parameterCount),
            "macs_per_image": .integer(architecture.macsPerImage),
            "bytes": .integer(byteCount),
            "sha256": .string(bundle.sha256),
        ]
    }

    /// Everything, as JSON.
    var details: JSONObject {
        var object = summary
        var metrics = JSONObject()
        for metric in manifest.metrics { metrics[metric.name] = .double(metric.value) }
        object["metrics"] = .object(metrics)
        object["architecture"] = architecture.json
        object["quantization"] = .string(Manifest.quantization)
        object["recipe"] = .string(manifest.recipe)
        object["seed"] = .exactInteger(manifest.seed)
        object["data_set_sha256"] = .string(manifest.dataSetSHA256)
        object["program_version"] = .string(manifest.programVersion)
        return object
    }

    /// Everything, as a few lines of text.
    var text: String {
        var facts = TextTable()
        facts.append(["conditional", isConditional ? "yes" : "no"])
        facts.append(["digits", digits])
        facts.append(["sha256", bundle.sha256])
        facts.append(["bytes", byteCount.grouped])
        facts.append(["parameters", architecture.parameterCount.grouped])
        facts.append(["MACs per image", architecture.macsPerImage.grouped])
        facts.append(["quantization", Manifest.quantization])
        facts.append(["recipe", manifest.recipe])
        facts.append(["seed", "\(manifest.seed)"])
        facts.append(["data set", "sha256 \(manifest.dataSetSHA256)"])
        facts.append(["made by", "digitgen \(manifest.programVersion)"])
        for metric in manifest.metrics { facts.append([metric.name, "\(metric.value)"]) }
        return """
            \(manifest.modelName)\(isDefault ? " (default)" : "")
            \(facts.text(indentation: "  "))
              layers
            \(layers.text(indentation: "    "))
            """
    }

    private var layers: TextTable {
        var table = TextTable()
        table.append(["operation", "input", "output", "activation", "parameters", "MACs per image"])
        for layer in architecture.layers {
            table.append([
                layer.operation.text, layer.input.shape, layer.output.shape, layer.activation.rawValue,
                (layer.weightCount + layer.outputChannels).grouped, layer.macsPerImage.grouped,
            ])
        }
        return table
    }
}

extension GeneratorLayer.Operation {
    fileprivate var text: String {
        switch self {
        case .dense: "dense"
        case .convolution(let kernel, let stride): "convolution \(kernel)×\(kernel), stride \(stride)"
        case .transposedConvolution(let kernel, let stride):
            "transposed convolution \(kernel)×\(kernel), stride \(stride)"
        }
    }
}
