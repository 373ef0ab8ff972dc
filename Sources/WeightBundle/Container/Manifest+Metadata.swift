import StrictJSON

extension Manifest {
    /// The keys of a bundle's `__metadata__`, in the order in which they are written.
    enum MetadataKey: String, CaseIterable {
        case formatVersion = "format_version"
        case modelName = "model"
        case architecture
        case quantization
        case recipe
        case seed
        case dataSetSHA256 = "data_set_sha256"
        case metrics
        case programVersion = "program_version"
        case classes

        /// The keys that a file of version 1.0 has.
        static let first = allCases.filter { $0 != .classes }
    }

    /// The manifest and the architecture as texts by key.
    func metadata(with architecture: Architecture) -> JSONObject {
        var metrics = JSONObject()
        for metric in self.metrics {
            metrics[metric.name] = .double(metric.value)
        }
        var metadata = JSONObject()
        // Whoever reads 1.0 only still reads a model of all digits.
        let hasClasses = classes != Self.allClasses
        for key in hasClasses ? MetadataKey.allCases : MetadataKey.first {
            let text =
                switch key {
                case .formatVersion: hasClasses ? Self.formatVersionWithClasses : Self.formatVersion
                case .modelName: modelName
                case .architecture: architecture.json.text
                case .quantization: Self.quantization
                case .recipe: recipe
                case .seed: String(seed)
                case .dataSetSHA256: dataSetSHA256
                case .metrics: JSONValue.object(metrics).text
                case .programVersion: programVersion
                case .classes: Self.text(of: classes)
                }
            metadata[key.rawValue] = .string(text)
        }
        return metadata
    }

    /// Reads the manifest out of texts by key. A later minor version may have more keys, which are ignored;
    /// in those that this program knows an unknown key is an error.
    init(metadata: JSONObject) throws(BundleError) {
        let minorVersion = try Self.minorVersion(Self.text(.formatVersion, in: metadata))
        let known = minorVersion == 0 ? MetadataKey.first : MetadataKey.allCases
        if minorVersion <= 1 {
            for member in metadata.members where !known.contains(where: { $0.rawValue == member.key }) {
                throw .metadata(
                    key: member.key, found: "an unknown key",
                    expected: known.map(\.rawValue).joined(separator: ", "))
            }
        }
        let quantization = try Self.text(.quantization, in: metadata)
        guard quantization == Self.quantization else {
            throw Self.wrong(.quantization, quantization, expected: quoted(Self.quantization))
        }
        let seedText = try Self.text(.seed, in: metadata)
        guard let seed = UInt64(seedText), String(seed) == seedText else {
            throw Self.wrong(.seed, seedText, expected: "a decimal number in 0...\(UInt64.max)")
        }
        self.init(
            modelName: try Self.text(.modelName, in: metadata),
            recipe: try Self.text(.recipe, in: metadata),
            seed: seed,
            dataSetSHA256: try Self.text(.dataSetSHA256, in: metadata),
            metrics: try Self.metrics(in: metadata),
            programVersion: try Self.text(.programVersion, in: metadata),
            classes: try Self.classes(in: metadata))
        try validate()
    }

    /// Reads the architecture, which is JSON in a text.
    static func architecture(in metadata: JSONObject) throws(BundleError) -> Architecture {
        // The architecture, its layers, a layer, its output: four levels.
        try Architecture(json: json(.architecture, in: metadata, depthLimit: 4))
    }

    private static func metrics(in metadata: JSONObject) throws(BundleError) -> [Metric] {
        let value = try json(.metrics, in: metadata, depthLimit: 1)
        guard let object = value.object else {
            throw .metadata(key: MetadataKey.metrics.rawValue, found: value.kind, expected: "an object")
        }
        var metrics: [Metric] = []
        for member in object.members {
            guard let number = member.value.number, let value = try? number.double() else {
                throw wrong(.metrics, member.key, expected: "a finite number for it")
            }
            metrics.append(Metric(name: member.key, value: value))
        }
        return metrics
    }

    private static func classes(in metadata: JSONObject) throws(BundleError) -> [UInt8] {
        guard metadata[MetadataKey.classes.rawValue] != nil else { return allClasses }
        let text = try text(.classes, in: metadata)
        let digits = text.utf8.map { $0 &- UInt8(ascii: "0") }
        guard isSetOfDigits(digits) else { throw wrong(.classes, text, expected: expectedClasses) }
        return digits
    }

    private static func text(_ key: MetadataKey, in metadata: JSONObject) throws(BundleError) -> String {
        guard let text = metadata[key.rawValue]?.string else {
            throw .metadata(key: key.rawValue, found: "nothing", expected: "a string")
        }
        return text
    }

    private static func json(
        _ key: MetadataKey, in metadata: JSONObject, depthLimit: Int
    ) throws(BundleError) -> JSONValue {
        let text = try text(key, in: metadata)
        do throws(JSONError) {
            return try JSONValue(parsing: text, depthLimit: depthLimit)
        } catch {
            throw .metadata(key: key.rawValue, found: "\(error)", expected: "JSON in a string")
        }
    }

    /// The minor part of `1.minor`.
    private static func minorVersion(_ text: String) throws(BundleError) -> UInt16 {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "1", let minor = UInt16(parts[1]), String(minor) == parts[1]
        else {
            throw .formatVersion(found: text, expected: "1.0, or 1 and another minor version")
        }
        return minor
    }
}
