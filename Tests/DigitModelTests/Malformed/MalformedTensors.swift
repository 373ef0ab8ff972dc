@testable import DigitModel

/// Errors in the header's entries for tensors.
enum MalformedTensors {
    static let all: [Malformed] = entries + ranges + sets

    private static let pixels = #""pixels":{"dtype":"U8","shape":[256],"data_offsets":[494,750]}"#
    private static let types = "one of I8, U8, F32"

    /// The sample with another entry for its last tensor, `pixels`.
    private static func pixels(_ name: String, _ entry: String, _ error: BundleError) -> Malformed {
        Malformed(name, header: pixels, "\"pixels\":" + entry, error)
    }

    private static func wrong(_ found: String, expected: String) -> BundleError {
        .tensor("pixels", found: found, expected: expected)
    }

    private static let entries: [Malformed] = [
        pixels("a tensor that is a number", "7", wrong("a number", expected: "an object")),
        pixels("a tensor without anything", "{}", wrong("dtype: nothing", expected: types)),
        pixels(
            "a tensor with a key too many", #"{"dtype":"U8","shape":[256],"data_offsets":[494,750],"x":1}"#,
            wrong("unknown key \"x\"", expected: "one of dtype, shape, data_offsets")),
        pixels(
            "a type that safetensors has and bundles do not",
            #"{"dtype":"F64","shape":[32],"data_offsets":[494,750]}"#, wrong("dtype \"F64\"", expected: types)
        ),
        pixels(
            "a type in lower case", #"{"dtype":"u8","shape":[256],"data_offsets":[494,750]}"#,
            wrong("dtype \"u8\"", expected: types)),
        pixels(
            "a type with an escape character",
            #"{"dtype":"\u001b[2J","shape":[256],"data_offsets":[494,750]}"#,
            wrong("dtype \"\\u{1B}[2J\"", expected: types)),
        pixels(
            "a type that is null", #"{"dtype":null,"shape":[256],"data_offsets":[494,750]}"#,
            wrong("dtype: null", expected: types)),
        pixels(
            "a tensor without shape", #"{"dtype":"U8","data_offsets":[494,750]}"#,
            wrong("shape: nothing", expected: "a list of integers")),
        pixels(
            "a shape that is a number", #"{"dtype":"U8","shape":256,"data_offsets":[494,750]}"#,
            wrong("shape: a number", expected: "a list of integers")),
        pixels(
            "a shape of texts", #"{"dtype":"U8","shape":["256"],"data_offsets":[494,750]}"#,
            wrong("shape with a string", expected: "a list of integers")),
        pixels(
            "a shape with a fraction", #"{"dtype":"U8","shape":[256.0],"data_offsets":[494,750]}"#,
            wrong("shape with 256.0", expected: "integers in 0...\(Int.max)")),
        pixels(
            "a negative shape", #"{"dtype":"U8","shape":[-256],"data_offsets":[494,750]}"#,
            wrong("shape with -256", expected: "integers in 0...\(Int.max)")),
        pixels(
            "a shape of 2^63", #"{"dtype":"U8","shape":[9223372036854775808],"data_offsets":[494,750]}"#,
            wrong("shape with 9223372036854775808", expected: "integers in 0...\(Int.max)")),
        pixels(
            "a shape whose product wraps to zero",
            #"{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[494,750]}"#,
            wrong("shape [4294967296, 4294967296]", expected: "a product that fits 64 bits")),
        pixels(
            "a shape whose product wraps to the right number",
            #"{"dtype":"U8","shape":[256,3,12297829382473034411],"data_offsets":[494,750]}"#,
            wrong("shape with 12297829382473034411", expected: "integers in 0...\(Int.max)")),
        pixels(
            "a shape that overflows with the size of an element",
            #"{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[494,750]}"#,
            wrong("shape [4611686018427387904]", expected: "a product that fits 64 bits")),
        pixels(
            "a shape larger than its range", #"{"dtype":"U8","shape":[257],"data_offsets":[494,750]}"#,
            wrong("256 bytes", expected: "257 for shape [257] of U8")),
        pixels(
            "a shape with a zero", #"{"dtype":"U8","shape":[256,0],"data_offsets":[494,750]}"#,
            wrong("256 bytes", expected: "0 for shape [256, 0] of U8")),
    ]

    private static let ranges: [Malformed] = [
        pixels(
            "no offsets", #"{"dtype":"U8","shape":[256]}"#,
            wrong("data_offsets: nothing", expected: "a list of integers")),
        pixels(
            "one offset", #"{"dtype":"U8","shape":[256],"data_offsets":[494]}"#,
            wrong("data_offsets [494]", expected: "[begin, end] within 782 bytes")),
        pixels(
            "three offsets", #"{"dtype":"U8","shape":[256],"data_offsets":[494,750,750]}"#,
            wrong("data_offsets [494, 750, 750]", expected: "[begin, end] within 782 bytes")),
        pixels(
            "offsets in reverse", #"{"dtype":"U8","shape":[256],"data_offsets":[750,494]}"#,
            wrong("data_offsets [750, 494]", expected: "[begin, end] within 782 bytes")),
        pixels(
            "an offset beyond the data", #"{"dtype":"U8","shape":[256],"data_offsets":[527,783]}"#,
            wrong("data_offsets [527, 783]", expected: "[begin, end] within 782 bytes")),
        pixels(
            "an offset of 2^63 - 1",
            #"{"dtype":"U8","shape":[256],"data_offsets":[494,9223372036854775807]}"#,
            wrong("data_offsets [494, 9223372036854775807]", expected: "[begin, end] within 782 bytes")),
        pixels(
            "overlapping tensors", #"{"dtype":"U8","shape":[257],"data_offsets":[493,750]}"#,
            .tensorRange("pixels", begin: 493, expected: 494)),
        pixels(
            "a gap between tensors", #"{"dtype":"U8","shape":[255],"data_offsets":[495,750]}"#,
            .tensorRange("pixels", begin: 495, expected: 494)),
        pixels(
            "a gap before the last tensor",
            #"{"dtype":"U8","shape":[255],"data_offsets":[494,749]}"#,
            .tensorRange("frame_sha256", begin: 750, expected: 749)),
        Malformed(
            "a gap at the start", header: #"[49],"data_offsets":[0,196]"#, #"[48],"data_offsets":[4,196]"#,
            .tensorRange("layers.0.weight_scale", begin: 4, expected: 0)),
        Malformed(
            "two tensors in one place", header: "[481,482]", "[482,483]",
            .tensorRange("layers.0.output_zero_point", begin: 482, expected: 481)),
        Malformed(
            "data after the tensors", file: Sample.file + [0], .dataLength(bytes: 783, expected: 782)),
        Malformed(
            "data that ends too early", file: Array(Sample.file.dropLast()),
            .tensor(
                "frame_sha256", found: "data_offsets [750, 782]", expected: "[begin, end] within 781 bytes")),
    ]

    private static let sets: [Malformed] = [
        Malformed(
            "a tensor that is not in the architecture", header: #""layers.1.bias""#, #""layers.9.bias""#,
            .unknownTensor("layers.9.bias")),
        Malformed(
            "a tensor with another name for its index", header: #""layers.1.bias""#, #""layers.01.bias""#,
            .unknownTensor("layers.01.bias")),
        Malformed(
            "an empty tensor too many", header: pixels,
            pixels + #","empty":{"dtype":"U8","shape":[0],"data_offsets":[750,750]}"#, .unknownTensor("empty")
        ),
        Malformed(
            "a tensor too few",
            header: #","layers.3.output_zero_point":{"dtype":"U8","shape":[1],"#
                + #""data_offsets":[493,494]},"pixels":{"dtype":"U8","shape":[256],"data_offsets":[494,750]}"#,
            #","pixels":{"dtype":"U8","shape":[257],"data_offsets":[493,750]}"#,
            wrong("shape [257]", expected: "[256]")),
        Malformed(
            "no zero point",
            file: {
                var file = EditableFile()
                file.replace(
                    #","layers.3.output_zero_point":{"dtype":"U8","shape":[1],"data_offsets":[493,494]}"#, "")
                file.replace("[494,750]", "[493,749]")
                file.replace("[750,782]", "[749,781]")
                file.data.removeLast()
                return file.bytes
            }(), .missingTensor("layers.3.output_zero_point")),
        Malformed(
            "a seal of signed bytes", header: #""frame_sha256":{"dtype":"U8""#,
            #""frame_sha256":{"dtype":"I8""#,
            .tensor("frame_sha256", found: "I8 [32]", expected: "U8 [32]")),
        Malformed(
            "a seal of two dimensions", header: #""shape":[32]"#, #""shape":[4,8]"#,
            .tensor("frame_sha256", found: "U8 [4, 8]", expected: "U8 [32]")),
        Malformed(
            "unsigned weights", header: #""I8","shape":[49,1]"#, #""U8","shape":[49,1]"#,
            .tensor("layers.0.weight", found: "dtype U8", expected: "I8")),
        Malformed(
            "scales as bytes", header: #""F32","shape":[49],"data_offsets":[0,196]"#,
            #""U8","shape":[196],"data_offsets":[0,196]"#,
            .tensor("layers.0.weight_scale", found: "dtype U8", expected: "F32")),
        Malformed(
            "weights transposed", header: "[49,1]", "[1,49]",
            .tensor("layers.0.weight", found: "shape [1, 49]", expected: "[49, 1]")),
        Malformed(
            "weights of too few dimensions", header: "[49,1]", "[49]",
            .tensor("layers.0.weight", found: "shape [49]", expected: "[49, 1]")),
        Malformed(
            "a scalar without dimensions", header: #""layers.0.output_scale":{"dtype":"F32","shape":[1]"#,
            #""layers.0.output_scale":{"dtype":"F32","shape":[]"#,
            .tensor("layers.0.output_scale", found: "shape []", expected: "[1]")),
    ]
}
