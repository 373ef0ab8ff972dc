import StrictJSON

/// The facts about a model besides its layers and numbers.
package struct Manifest: Equatable, Sendable {
    /// A measured property, such as `("fd", 0.077)`.
    package struct Metric: Equatable, Sendable {
        /// In lower case: letters, digits, `_`; at most 64 of them.
        package var name: String
        /// Finite.
        package var value: Double

        /// An unchecked metric; see `Manifest.validate()`.
        package init(name: String, value: Double) {
            self.name = name
            self.value = value
        }
    }

    /// The version of a file without `classes`, which every release reads.
    static let formatVersion = "1.0"
    /// The version of a file with `stray` or `styles`, and maybe `classes`.
    static let formatVersionWithStyles = "1.2"
    /// The version of a file with `specks` or `latent_steps`, and maybe the others.
    static let formatVersionWithSpecks = "1.3"
    /// The version of a file with `forms`, and maybe the others.
    static let formatVersionWithForms = "1.4"
    /// The version of a file with `classes`. A reader knows every minor version of a major one.
    static let formatVersionWithClasses = "1.1"
    /// All ten digits.
    package static let allClasses: [UInt8] = Array(0...9)
    /// The only scheme so far; `QuantizedLayer` defines it.
    package static let quantization = "int8 weights per channel, uint8 activations"

    /// The name of the model: 1 to 64 letters, digits, `-` and `_`.
    package var modelName: String
    /// A description of the training, one line of up to 4,096 bytes.
    package var recipe: String
    /// Seed of the training run.
    package var seed: UInt64
    /// SHA-256 of the training data in 64 lowercase hexadecimal digits.
    package var dataSetSHA256: String
    /// In the order in which they are shown; no name twice, at most 256.
    package var metrics: [Metric]
    /// Version of the program that wrote the bundle: ASCII letters, digits, `.`, `-`, `+`; at most 64 of them.
    package var programVersion: String
    /// The digits of the training data in rising order: all ten where a file does not tell.
    package var classes: [UInt8]

    /// Of the hands that the model draws; nil where a file does not tell.
    package var stray: HandStray?
    /// The styles that one can ask for; nil where a file does not tell.
    package var styles: StyleRanges?

    /// An unchecked manifest; see `validate()`.
    package init(
        modelName: String, recipe: String, seed: UInt64, dataSetSHA256: String, metrics: [Metric],
        programVersion: String, classes: [UInt8] = allClasses, stray: HandStray? = nil,
        styles: StyleRanges? = nil
    ) {
        self.modelName = modelName
        self.recipe = recipe
        self.seed = seed
        self.dataSetSHA256 = dataSetSHA256
        self.metrics = metrics
        self.programVersion = programVersion
        self.classes = classes
        self.stray = stray
        self.styles = styles
    }
}

extension Manifest {
    /// Checks the rules in the properties' comments. Texts reach terminals and pictures, so none may hold control
    /// characters.
    ///
    /// - Throws: `BundleError.metadata`.
    package func validate() throws(BundleError) {
        guard Self.isName(modelName, besides: "-_") else {
            throw Self.wrong(.modelName, modelName, expected: "1 to 64 letters, digits, - and _")
        }
        guard recipe.utf8.count <= 4_096, !recipe.unicodeScalars.contains(where: Self.isControl) else {
            throw Self.wrong(.recipe, recipe, expected: "at most 4096 bytes without control characters")
        }
        let digits = dataSetSHA256.utf8
        guard digits.count == 64, digits.allSatisfy({ Self.hexadecimalDigits.contains($0) }) else {
            throw Self.wrong(.dataSetSHA256, dataSetSHA256, expected: "64 lowercase hexadecimal digits")
        }
        guard Self.isName(programVersion, besides: ".-+") else {
            throw Self.wrong(.programVersion, programVersion, expected: "1 to 64 letters, digits, ., - and +")
        }
        guard Self.isSetOfDigits(classes) else {
            throw Self.wrong(.classes, Self.text(of: classes), expected: Self.expectedClasses)
        }
        if let stray, !stray.positions.allSatisfy((0...HandStray.whole).contains) {
            throw Self.wrong(.stray, stray.text, expected: HandStray.expectation)
        }
        if let styles, styles.ranges.count != classes.count {
            throw Self.wrong(.styles, styles.text, expected: StyleRanges.expectation)
        }
        try validateMetrics()
    }

    /// The rule for `classes`, for errors.
    package static let expectedClasses = "digits from 0 to 9, each once and in rising order"

    /// True for digits in rising order, each at most once.
    package static func isSetOfDigits(_ digits: [UInt8]) -> Bool {
        !digits.isEmpty && digits.allSatisfy { $0 < 10 } && zip(digits, digits.dropFirst()).allSatisfy(<)
    }

    /// Digits as they are written: "38".
    package static func text(of classes: [UInt8]) -> String { classes.map(String.init).joined() }

    private func validateMetrics() throws(BundleError) {
        guard metrics.count <= 256 else {
            throw .metadata(key: "metrics", found: "\(metrics.count) metrics", expected: "at most 256")
        }
        for (index, metric) in metrics.enumerated() {
            guard Self.isName(metric.name, besides: "_"), !metric.name.utf8.contains(where: Self.isUpperCase)
            else {
                throw Self.wrong(.metrics, metric.name, expected: "1 to 64 lower-case letters, digits and _")
            }
            guard metric.value.isFinite else {
                throw .metadata(
                    key: "metrics", found: "\(metric.name) \(metric.value)", expected: "a finite number")
            }
            guard !metrics[..<index].contains(where: { $0.name == metric.name }) else {
                throw Self.wrong(.metrics, metric.name, expected: "every metric once")
            }
        }
    }

    private static let hexadecimalDigits = Set("0123456789abcdef".utf8)

    static func wrong(_ key: MetadataKey, _ text: String, expected: String) -> BundleError {
        .metadata(key: key.rawValue, found: quoted(text), expected: expected)
    }

    /// ASCII letters, digits and a few more.
    private static func isName(_ text: String, besides more: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9": true
                default: more.unicodeScalars.contains(scalar)
                }
            }
    }

    private static func isUpperCase(_ character: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(character)
    }

    /// C0, DEL and C1 controls, and the separators and direction marks that could reorder a line: Unicode 16's general
    /// categories Cc, Cf, Zl and Zp. A list of their own, for a program without Unicode's tables reads bundles, too.
    static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F, 0xAD, 0x600...0x605, 0x61C, 0x6DD, 0x70F, 0x890...0x891, 0x8E2, 0x180E,
            0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2064, 0x2066...0x206F, 0xFEFF, 0xFFF9...0xFFFB,
            0x110BD,
            0x110CD, 0x13430...0x1343F, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0001, 0xE0020...0xE007F:
            true
        default: false
        }
    }
}

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
                }
            if let text { metadata[key.rawValue] = .string(text) }
        }
        return metadata
    }

    /// The least version that can hold the manifest: older readers read what they can.
    private func version(with model: QuantizedModel) -> String {
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
        if minorVersion <= 4 {
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
