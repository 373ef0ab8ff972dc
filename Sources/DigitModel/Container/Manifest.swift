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
    /// The version of a file with `sources`, and maybe the others.
    static let formatVersionWithSources = "1.5"
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
