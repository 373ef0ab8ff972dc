import StrictJSON

@testable import DigitModel

/// Errors in the manifest.
enum MalformedMetadata {
    static let all: [Malformed] =
        versions + texts + classes + strays + styles + specks + latentSteps + forms + sources + metrics

    private static func version(_ text: String) -> Malformed {
        Malformed(
            "format version \(text)", header: #""format_version":"1.0""#, #""format_version":"\#(text)""#,
            .formatVersion(found: text, expected: "1.x"))
    }

    private static let versions: [Malformed] =
        ["2.0", "0.9", "1", "1.", "1.0.0", "1.00", "1.-1", "1.65536", "+1.0", "", "11.0"].map(version)

    /// The sample with another value for one key of its metadata.
    private static func entry(
        _ name: String, _ key: String, _ old: String, _ new: String, found: String? = nil, expected: String
    ) -> Malformed {
        Malformed(
            name, header: "\"\(key)\":\"\(old)\"", "\"\(key)\":\"\(new)\"",
            .metadata(key: key, found: found ?? "\"\(new)\"", expected: expected))
    }

    private static let keys =
        "one of format_version, model, architecture, quantization, recipe, seed, data_set_sha256, metrics, "
        + "program_version"
    private static let digest = String(repeating: "0123456789abcdef", count: 4)
    private static let name = "1 to 64 letters, digits, - and _"

    private static let texts: [Malformed] = [
        Malformed(
            "no seed", header: #""seed":"7","#, "",
            .metadata(key: "seed", found: "nothing", expected: "a string")),
        Malformed(
            "no format version", header: #""format_version":"1.0","#, "",
            .metadata(key: "format_version", found: "nothing", expected: "a string")),
        Malformed(
            "an unknown key", header: #""seed":"7""#, #""seed":"7","path":"/etc/passwd""#,
            .metadata(key: "path", found: "unknown key", expected: keys)),
        entry(
            "another quantization", "quantization", Manifest.quantization, "int4",
            expected: "\"\(Manifest.quantization)\""),
        entry("an empty name", "model", "small", "", expected: name),
        entry("a name with a path", "model", "small", "../small", expected: name),
        entry(
            "a name with a line break", "model", "small", #"a\nb"#, found: #""a\nb""#, expected: name),
        entry(
            "a long name", "model", "small", String(repeating: "a", count: 65),
            found: "\"" + String(repeating: "a", count: 60) + "...\"", expected: name),
        entry(
            "a recipe with an escape character", "recipe", "none: random numbers", #"\u001b[2J"#,
            found: #""\u{1B}[2J""#, expected: "at most 4096 bytes without control characters"),
        entry(
            "a recipe that turns the line's direction", "recipe", "none: random numbers", "\u{202E}x",
            found: #""\u{202E}x""#, expected: "at most 4096 bytes without control characters"),
        entry(
            "a recipe of 4097 bytes", "recipe", "none: random numbers", String(repeating: "r", count: 4097),
            found: "\"" + String(repeating: "r", count: 60) + "...\"",
            expected: "at most 4096 bytes without control characters"),
        entry("a negative seed", "seed", "7", "-7", expected: "a decimal number in 0...\(UInt64.max)"),
        entry("a seed with a sign", "seed", "7", "+7", expected: "a decimal number in 0...\(UInt64.max)"),
        entry(
            "a seed of 2^64", "seed", "7", "18446744073709551616",
            expected: "a decimal number in 0...\(UInt64.max)"),
        entry(
            "a digest in upper case", "data_set_sha256", digest, digest.uppercased(),
            found: "\"" + digest.uppercased().prefix(60) + "...\"",
            expected: "64 lowercase hexadecimal digits"),
        entry(
            "a digest that is too short", "data_set_sha256", digest, String(digest.dropLast(4)),
            expected: "64 lowercase hexadecimal digits"),
        entry(
            "a program version with a space", "program_version", "0.1.0", "0.1 0",
            expected: "1 to 64 letters, digits, ., - and +"),
    ]

    /// The sample as a file of a later version with one more key.
    private static func later(
        _ name: String, _ key: String, _ text: String, version: String = "1.1", found: String? = nil,
        expected: String
    ) -> Malformed {
        Malformed(
            name, header: #""format_version":"1.0","#,
            #""format_version":"\#(version)","\#(key)":"\#(text)","#,
            .metadata(key: key, found: found ?? "\"\(text)\"", expected: expected))
    }

    private static let classes: [Malformed] =
        ["", "83", "33", "3a", "3 8", "01234567890"].map { text in
            later(
                "the classes '\(text)'", "classes", text,
                expected: "digits from 0 to 9, each once and in rising order")
        } + [
            Malformed(
                "classes in a file of version 1.0", header: #""seed":"7""#, #""seed":"7","classes":"38""#,
                .metadata(key: "classes", found: "unknown key", expected: keys)),
            later(
                "an unknown key in a file of version 1.1", "path", "/", found: "unknown key",
                expected: keys + ", classes"),
        ]

    private static let strays: [Malformed] =
        ["", "1,2,3", "1,2,3,4,5", "1,2,3,-4", "1,2,3,32769", "1,2,3,04", "1, 2,3,4", "a,b,c,d"].map { text in
            later(
                "the stray '\(text)'", "stray", text, version: "1.2",
                expected: "four whole numbers from 0 to 32768 with commas between them")
        } + [
            later(
                "a stray in a file of version 1.1", "stray", "1,2,3,4", found: "unknown key",
                expected: keys + ", classes"),
            later(
                "an unknown key in a file of version 1.2", "path", "/", version: "1.2", found: "unknown key",
                expected: keys + ", classes, stray, styles"),
        ]

    private static let specks: [Malformed] =
        ["", "0", "65", "-6", "06", "6 ", "six"].map { text in
            later(
                "the size of specks '\(text)'", "specks", text, version: "1.3",
                expected: "a whole number from 1 to 64, with a generator of ink")
        } + [
            later(
                "specks in a file of version 1.2", "specks", "6", version: "1.2", found: "unknown key",
                expected: keys + ", classes, stray, styles"),
            later(
                "an unknown key in a file of version 1.3", "path", "/", version: "1.3", found: "unknown key",
                expected: keys + ", classes, stray, styles, specks, latent_steps"),
            later(
                "specks with a generator of pixels", "specks", "6", version: "1.3", found: "6",
                expected: "a whole number from 1 to 64, with a generator of ink"),
        ]

    private static let latentSteps: [Malformed] =
        ["", "15", "45", "030", "30 ", "thirty"].map { text in
            later(
                "the latent's steps '\(text)'", "latent_steps", text, version: "1.3",
                expected: "a whole number from 16 to 44")
        }

    private static let noForms = Array(repeating: String(repeating: "0", count: 2_048), count: 10)
    private static let someForms = Array(repeating: String(repeating: "0", count: 2_047) + "1", count: 10)
    private static let forms: [Malformed] =
        [
            "", "1", noForms.joined(separator: ";"), someForms.joined(separator: ","),
            someForms.dropLast().joined(separator: ";"),
            (someForms + someForms).joined(separator: ";"),
            (someForms.dropLast() + [String(someForms[0].dropLast())]).joined(separator: ";"),
            (someForms.dropLast() + [someForms[0].dropLast() + "A"]).joined(separator: ";"),
        ].enumerated().map { place, text in
            later(
                "forms \(place) of those that are wrong", "forms", text, version: "1.4",
                found: shortened(text),
                expected:
                    "for each digit 2048 lower-case hexadecimal digits, not all 0, with semicolons between digits"
            )
        } + [
            later(
                "forms in a file of version 1.3", "forms", someForms.joined(separator: ";"), version: "1.3",
                found: "unknown key", expected: keys + ", classes, stray, styles, specks, latent_steps"),
            later(
                "an unknown key in a file of version 1.5", "path", "/", version: "1.5", found: "unknown key",
                expected: keys + ", classes, stray, styles, specks, latent_steps, forms, sources"),
        ]

    private static let sources: [Malformed] = ["", "independent", "Measured"].map { text in
        later(
            "the sources '\(text)'", "sources", text, version: "1.5",
            expected: "measured, with a generator of ink")
    }

    private static let ranges = Array(repeating: "-10,20,900,1700,400,1200", count: 10)
    private static let styles: [Malformed] =
        [
            "", "1,2,3,4,5,6", ranges.dropLast().joined(separator: ";"),
            (ranges + ranges).joined(separator: ";"),
            (ranges.dropLast() + ["20,-10,900,1700,400,1200"]).joined(separator: ";"),
            (ranges.dropLast() + ["-10,20,900,1700,400"]).joined(separator: ";"),
            (ranges.dropLast() + ["-10,20,900,1700,400,x"]).joined(separator: ";"),
            (ranges.dropLast() + ["-10,20,0900,1700,400,1200"]).joined(separator: ";"),
        ].map { text in
            later(
                "the styles '\(text)'", "styles", text, version: "1.2", found: shortened(text),
                expected:
                    "for each digit six whole numbers, the first and last of three ranges, with commas between "
                    + "them and semicolons between digits")
        }

    /// A long text as errors quote it.
    private static func shortened(_ text: String) -> String {
        text.utf8.count > 60 ? "\"" + String(text.prefix(60)) + "...\"" : "\"\(text)\""
    }

    private static let metricsText = #"{\"fd\":0.125,\"label_accuracy\":0.5}"#

    private static func metrics(_ name: String, _ text: String, found: String, expected: String) -> Malformed
    {
        entry(name, "metrics", metricsText, text, found: found, expected: expected)
    }

    private static let metrics: [Malformed] = [
        metrics(
            "metrics that are no JSON", "fd 0.1",
            found: "'d' at byte 1, expected false", expected: "JSON in a string"),
        metrics("metrics that are a number", "1", found: "a number", expected: "an object"),
        metrics(
            "a metric that is a text", #"{\"fd\":\"low\"}"#, found: "\"fd\"",
            expected: "a finite number for it"),
        metrics(
            "a metric that overflows", #"{\"fd\":1e999}"#, found: "\"fd\"", expected: "a finite number for it"
        ),
        metrics(
            "a metric that is NaN", #"{\"fd\":NaN}"#,
            found: "'N' at byte 6, expected a JSON value", expected: "JSON in a string"),
        metrics(
            "a metric twice", #"{\"fd\":1,\"fd\":1}"#,
            found: #"duplicate key "fd" at byte 8, expected every key once"#, expected: "JSON in a string"),
        metrics(
            "a metric with a bad name", #"{\"F D\":1}"#, found: "\"F D\"",
            expected: "1 to 64 lower-case letters, digits and _"),
        metrics(
            "metrics in lists", #"{\"fd\":[1]}"#,
            found: "nesting too deep at byte 6, expected at most 1 levels", expected: "JSON in a string"),
        metrics(
            "257 metrics", "{" + (0..<257).map { #"\"m\#($0)\":1"# }.joined(separator: ",") + "}",
            found: "257 metrics", expected: "at most 256"),
    ]
}
