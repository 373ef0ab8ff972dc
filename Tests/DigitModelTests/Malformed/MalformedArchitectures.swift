import StrictJSON

@testable import DigitModel

/// Errors in the architecture.
enum MalformedArchitectures {
    static let all: [Malformed] = forms + inputs + layers + limits

    private static let text = Sample.smallArchitecture.json.text
    private static let convolution =
        #"{"type":"convolution","kernel":1,"stride":1,"channels":1,"activation":"leaky_relu"}"#
    private static let lastTwo =
        #"{"type":"transposed_convolution","kernel":2,"stride":2,"channels":1,"activation":"relu"},"#
        + #"{"type":"transposed_convolution","kernel":2,"stride":2,"channels":1,"activation":"tanh"}"#

    private static func inString(_ json: String) -> String {
        json.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"")
    }

    /// The sample with a part of its architecture replaced.
    private static func edit(
        _ name: String, _ old: String, _ new: String, layer: Int? = nil, found: String, expected: String
    ) -> Malformed {
        Malformed(
            name, header: inString(old), inString(new),
            .architecture(layer: layer, found: found, expected: expected))
    }

    private static let forms: [Malformed] = [
        edit("an architecture that is a list", text, "[]", found: "an array", expected: "an object"),
        Malformed(
            "an architecture that is no JSON", header: inString(text), "generator",
            .metadata(
                key: "architecture", found: "'g' at byte 0, expected a JSON value",
                expected: "JSON in a string")),
        Malformed(
            "an architecture with the latent twice", header: inString(#""latent_size":1,"#),
            inString(#""latent_size":1,"latent_size":1,"#),
            .metadata(
                key: "architecture",
                found: #"duplicate key "latent_size" at byte 17, expected every key once"#,
                expected: "JSON in a string")),
        edit(
            "an architecture with a key too many", #""latent_size":1"#, #""latent_size":1,"path":"x""#,
            found: "unknown key \"path\"", expected: "one of latent_size, class_count, label_scale, layers"),
        edit(
            "no latent size", #""latent_size":1,"#, "", found: "missing latent_size", expected: "a value"),
        edit(
            "layers that are a number", text,
            #"{"latent_size":1,"class_count":0,"label_scale":0,"layers":4}"#,
            found: "layers: a number", expected: "an array"),
        edit(
            "a layer that is a number", convolution, "3", layer: 1, found: "a number", expected: "an object"),
        edit(
            "a layer of another type", #""type":"convolution""#, #""type":"attention""#, layer: 1,
            found: "type \"attention\"", expected: "dense, convolution or transposed_convolution"),
        edit(
            "a layer without type", #""type":"convolution","#, "", layer: 1, found: "missing type",
            expected: "a value"),
        edit(
            "a layer with a key too many", #""output":[7,7,1]"#, #""output":[7,7,1],"kernel":1"#, layer: 0,
            found: "unknown key \"kernel\"", expected: "one of type, output, activation"),
        edit(
            "a layer of another activation", "leaky_relu", "gelu", layer: 1, found: "activation \"gelu\"",
            expected: "relu, leaky_relu, tanh or ink"),
        edit(
            "an activation that is null", "\"leaky_relu\"", "null", layer: 1, found: "activation: null",
            expected: "a string"),
    ]

    private static let inputs: [Malformed] = [
        edit(
            "no latent", #""latent_size":1"#, #""latent_size":0"#, found: "latent_size 0",
            expected: "1...65536"),
        edit(
            "a latent of 2^63", #""latent_size":1"#, #""latent_size":9223372036854775808"#,
            found: "latent_size 9223372036854775808", expected: "1...65536"),
        edit(
            "a latent that is a text", #""latent_size":1"#, #""latent_size":"1""#,
            found: "latent_size: a string", expected: "1...65536"),
        edit(
            "five classes", #""class_count":0,"label_scale":0"#, #""class_count":5,"label_scale":1"#,
            layer: nil, found: "class_count 5", expected: "0 or 10"),
        edit(
            "classes without label scale", #""class_count":0"#, #""class_count":10"#,
            found: "label_scale 0", expected: "1...2"),
        edit(
            "a label beyond the codes", #""label_scale":0"#, #""label_scale":3"#, found: "label_scale 3",
            expected: "0...2"),
        edit(
            "a negative label", #""label_scale":0"#, #""label_scale":-1"#, found: "label_scale -1",
            expected: "0...2"),
    ]

    private static let layers: [Malformed] = [
        edit(
            "no layers", text, #"{"latent_size":1,"class_count":0,"label_scale":0,"layers":[]}"#,
            found: "0 layers", expected: "1...64"),
        edit(
            "65 layers", convolution, [String](repeating: convolution, count: 62).joined(separator: ","),
            found: "65 layers", expected: "1...64"),
        edit(
            "a convolution first", #"{"type":"dense","output":[7,7,1],"activation":"relu"},"#, "", layer: 0,
            found: "a convolution", expected: "a dense layer first"),
        edit(
            "tanh in the middle", "leaky_relu", "tanh", layer: 1, found: "activation tanh",
            expected: "tanh or ink in the last layer and only there"),
        edit(
            "relu at the end", #""activation":"tanh""#, #""activation":"relu""#, layer: 3,
            found: "activation relu", expected: "tanh or ink in the last layer and only there"),
        edit(
            "two channels at the end", #""channels":1,"activation":"tanh""#,
            #""channels":2,"activation":"tanh""#, layer: 3, found: "output 28x28x2",
            expected: "28x28x1 at the end"),
        edit(
            "an image of 14 by 14", #""stride":2,"channels":1,"activation":"tanh""#,
            #""stride":1,"channels":1,"activation":"tanh""#, layer: 3, found: "output 14x14x1",
            expected: "28x28x1 at the end"),
        edit(
            "a stride that does not divide", #""kernel":1,"stride":1,"#, #""kernel":2,"stride":2,"#, layer: 1,
            found: "input 7x7x1", expected: "sides that stride 2 divides"),
        edit(
            "a kernel of 0", #""kernel":1"#, #""kernel":0"#, layer: 1, found: "kernel 0", expected: "1...7"),
        edit(
            "a kernel of 8", #""kernel":1"#, #""kernel":8"#, layer: 1, found: "kernel 8", expected: "1...7"),
        edit(
            "a kernel smaller than the stride", #""kernel":2,"stride":2,"channels":1,"activation":"tanh""#,
            #""kernel":1,"stride":2,"channels":1,"activation":"tanh""#, layer: 3, found: "kernel 1",
            expected: "2...7"),
        edit(
            "a stride of 3", #""stride":1,"#, #""stride":3,"#, layer: 1, found: "stride 3", expected: "1...2"),
        edit(
            "a stride of 0", #""stride":1,"#, #""stride":0,"#, layer: 1, found: "stride 0", expected: "1...2"),
        Malformed(
            "other shapes than the tensors have", header: inString(#""kernel":1"#), inString(#""kernel":3"#),
            .tensor("layers.1.weight", found: "shape [1, 1, 1, 1]", expected: "[1, 3, 3, 1]")),
    ]

    /// The sample with another architecture: a latent of one, these layers, and an image.
    private static func layers(_ layers: String..., end: String) -> String {
        #"{"latent_size":1,"class_count":0,"label_scale":0,"layers":["#
            + (layers + [end]).joined(separator: ",") + "]}"
    }

    private static func layer(kernel: Int, channels: Int, count: Int) -> String {
        let layer =
            #"{"type":"convolution","kernel":\#(kernel),"stride":1,"channels":\#(channels),"activation":"relu"}"#
        return [String](repeating: layer, count: count).joined(separator: ",")
    }

    private static func dense(_ output: String, activation: String = "relu") -> String {
        #"{"type":"dense","output":\#(output),"activation":"\#(activation)"}"#
    }

    private static let toImage =
        #"{"type":"convolution","kernel":1,"stride":1,"channels":1,"activation":"tanh"}"#

    private static let limits: [Malformed] = [
        edit(
            "activations of more than 2^20 elements together", text,
            layers(dense("[28,28,64]"), layer(kernel: 1, channels: 64, count: 20), end: toImage),
            found: "1054481 elements in all activations", expected: "at most 1048576"),
        edit(
            "more reads through windows than a plan may list", text,
            layers(dense("[28,28,1]"), layer(kernel: 7, channels: 1, count: 14), end: toImage),
            found: "538609 reads through windows", expected: "at most 524288"),
        edit(
            "more weights than a plan may pack", text,
            layers(dense("[1,1,4096]"), dense("[1,1,8192]"), end: dense("[28,28,1]", activation: "tanh")),
            found: "39993344 weights in packs of 4 inputs and 16 outputs", expected: "at most 33554432"),
        edit(
            "no channels", #""stride":1,"channels":1"#, #""stride":1,"channels":0"#, layer: 1,
            found: "channels 0", expected: "1...65536"),
        edit(
            "65,537 channels", #""stride":1,"channels":1"#, #""stride":1,"channels":65537"#, layer: 1,
            found: "channels 65537", expected: "1...65536"),
        edit(
            "an activation of more than 2^20 elements", #""stride":1,"channels":1"#,
            #""stride":1,"channels":65536"#, layer: 1, found: "output 7x7x65536",
            expected: "sides 1...256, channels 1...65536, at most 1048576 elements"),
        edit(
            "an output of two sides", "[7,7,1]", "[7,7]", layer: 0, found: "output of 2 numbers",
            expected: "[height, width, channels]"),
        edit(
            "an output of 257 rows", "[7,7,1]", "[257,7,1]", layer: 0, found: "output height 257",
            expected: "1...256"),
        edit(
            "an output of no columns", "[7,7,1]", "[7,0,1]", layer: 0, found: "output width 0",
            expected: "1...256"),
        edit(
            "more units than a dense layer may have", "[7,7,1]", "[256,256,2]", layer: 0,
            found: "131072 units", expected: "1...65536"),
        edit(
            "a side that doubles beyond the limit", lastTwo,
            [String](
                repeating: #"{"type":"transposed_convolution","kernel":2,"stride":2,"channels":1,"#
                    + #""activation":"relu"}"#, count: 62
            ).joined(separator: ","), layer: 7, found: "output 448x448x1",
            expected: "sides 1...256, channels 1...65536, at most 1048576 elements"),
        edit(
            "sums that overflow int32", #"[7,7,1],"activation":"relu"},{"type":"convolution","kernel":1"#,
            #"[4,4,4096],"activation":"relu"},{"type":"convolution","kernel":7"#, layer: 1,
            found: "200704 weights an output", expected: "at most 65793, for int32 sums"),
        edit(
            "more work than an image may cost", #"[7,7,1],"activation":"relu"},"# + convolution,
            #"[7,7,1000],"activation":"relu"},"#
                + #"{"type":"convolution","kernel":7,"stride":1,"channels":1000,"activation":"relu"},"#
                + #"{"type":"convolution","kernel":7,"stride":1,"channels":1000,"activation":"relu"},"#
                + #"{"type":"convolution","kernel":7,"stride":1,"channels":1,"activation":"relu"}"#,
            found: "2739418980 multiply-accumulates an image", expected: "at most 2147483648"),
    ]
}
