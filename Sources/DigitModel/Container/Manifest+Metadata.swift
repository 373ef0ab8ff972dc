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
        case stray
        case styles
        case specks
        case latentSteps = "latent_steps"
        case forms
        case sources

        /// The keys of a version 1.x.
        static func known(minorVersion: UInt16) -> [MetadataKey] {
            allCases.filter { minorVersion >= $0.firstMinorVersion }
        }

        private var firstMinorVersion: UInt16 {
            switch self {
            case .classes: 1
            case .stray, .styles: 2
            case .specks, .latentSteps: 3
            case .forms: 4
            case .sources: 5
            default: 0
            }
        }
    }

    /// The manifest and what is not in a model's tensors as texts by key.
    func metadata(with model: QuantizedModel) -> JSONObject {
        var metrics = JSONObject()
        for metric in self.metrics {
            metrics[metric.name] = .double(metric.value)
        }
        var metadata = JSONObject()
        for key in MetadataKey.allCases {
            let text: String? =
                switch key {
                case .formatVersion: version(with: model)
                case .modelName: modelName
                case .architecture: model.architecture.json.text
                case .quantization: Self.quantization
                case .recipe: recipe
                case .seed: String(seed)
                case .dataSetSHA256: dataSetSHA256
                case .metrics: JSONValue.object(metrics).text
                case .programVersion: programVersion
                case .classes: classes == Self.allClasses ? nil : Self.text(of: classes)
                case .stray: stray?.text
                case .styles: styles?.text
                case .specks: model.speckSize > 0 ? String(model.speckSize) : nil
                case .latentSteps:
                    model.latentSteps == QuantizedModel.standardLatentSteps ? nil : String(model.latentSteps)
                case .forms: model.forms?.text
                case .sources: model.sourceRule == .independent ? nil : model.sourceRule.rawValue
                }
            if let text { metadata[key.rawValue] = .string(text) }
        }
        return metadata
    }

    /// The least version that can hold the manifest: older readers read what they can.
    private func version(with model: QuantizedModel) -> String {
        if model.sourceRule != .independent { return Self.formatVersionWithSources }
        if model.forms != nil { return Self.formatVersionWithForms }
        if model.speckSize > 0 || model.latentSteps != QuantizedModel.standardLatentSteps {
            return Self.formatVersionWithSpecks
        }
        if stray != nil || styles != nil { return Self.formatVersionWithStyles }
        return classes == Self.allClasses ? Self.formatVersion : Self.formatVersionWithClasses
    }

    /// Reads the manifest from metadata. Unknown keys are ignored in later minor versions and errors in known ones.
    init(metadata: JSONObject) throws(BundleError) {
        let minorVersion = try Self.minorVersion(Self.text(.formatVersion, in: metadata))
        let known = MetadataKey.known(minorVersion: minorVersion)
        if minorVersion <= 5 {
            for member in metadata.members where !known.contains(where: { $0.rawValue == member.key }) {
                throw .metadata(
                    key: member.key, found: "unknown key",
                    expected: "one of " + known.map { $0.rawValue }.joined(separator: ", "))
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
        let classes = try Self.classes(in: metadata)
        self.init(
            modelName: try Self.text(.modelName, in: metadata),
            recipe: try Self.text(.recipe, in: metadata),
            seed: seed,
            dataSetSHA256: try Self.text(.dataSetSHA256, in: metadata),
            metrics: try Self.metrics(in: metadata),
            programVersion: try Self.text(.programVersion, in: metadata),
            classes: classes, stray: try Self.stray(in: metadata),
            styles: try Self.styles(in: metadata, classes: classes))
        try validate()
    }

    /// Reads the architecture, which is JSON in a string.
    static func architecture(in metadata: JSONObject) throws(BundleError) -> Architecture {
        // The architecture, its layers, a layer, its output: four levels.
        try Architecture(json: json(.architecture, in: metadata, depthLimit: 4))
    }

    /// Reads the size of a model's specks; 0 where a file does not tell.
    static func speckSize(in metadata: JSONObject) throws(BundleError) -> Int {
        try wholeNumber(
            .specks, in: metadata, within: QuantizedModel.speckSizes,
            expected: QuantizedModel.speckExpectation)
            ?? 0
    }

    /// Reads the steps of a model's latent; the standard ones where a file does not tell.
    static func latentSteps(in metadata: JSONObject) throws(BundleError) -> Int {
        try wholeNumber(
            .latentSteps, in: metadata, within: QuantizedModel.latentStepCounts,
            expected: QuantizedModel.latentStepsExpectation) ?? QuantizedModel.standardLatentSteps
    }

    /// Reads how a model's pictures are scanned; independently of the digit where a file does not tell.
    static func sourceRule(in metadata: JSONObject) throws(BundleError) -> InkSource.Rule {
        guard metadata[MetadataKey.sources.rawValue] != nil else { return .independent }
        let text = try text(.sources, in: metadata)
        guard text == InkSource.Rule.measured.rawValue else {
            throw wrong(.sources, text, expected: QuantizedModel.sourceExpectation)
        }
        return .measured
    }

    /// Reads the forms of a model's digits; nil where a file does not tell.
    static func forms(in metadata: JSONObject, classes: [UInt8]) throws(BundleError) -> EvenForms? {
        guard metadata[MetadataKey.forms.rawValue] != nil else { return nil }
        let text = try text(.forms, in: metadata)
        guard let forms = EvenForms(text, digits: classes) else {
            throw wrong(.forms, text, expected: EvenForms.expectation)
        }
        return forms
    }

    /// Nil where a file does not tell.
    private static func wholeNumber(
        _ key: MetadataKey, in metadata: JSONObject, within range: ClosedRange<Int>, expected: String
    ) throws(BundleError) -> Int? {
        guard metadata[key.rawValue] != nil else { return nil }
        let text = try text(key, in: metadata)
        guard let number = Int(text), String(number) == text, range.contains(number) else {
            throw wrong(key, text, expected: expected)
        }
        return number
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

    private static func stray(in metadata: JSONObject) throws(BundleError) -> HandStray? {
        guard metadata[MetadataKey.stray.rawValue] != nil else { return nil }
        let text = try text(.stray, in: metadata)
        guard let stray = HandStray(text) else { throw wrong(.stray, text, expected: HandStray.expectation) }
        return stray
    }

    private static func styles(
        in metadata: JSONObject, classes: [UInt8]
    ) throws(BundleError) -> StyleRanges? {
        guard metadata[MetadataKey.styles.rawValue] != nil else { return nil }
        let text = try text(.styles, in: metadata)
        guard let styles = StyleRanges(text, digits: classes.count) else {
            throw wrong(.styles, text, expected: StyleRanges.expectation)
        }
        return styles
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
            throw .formatVersion(found: text, expected: "1.x")
        }
        return minor
    }
}
