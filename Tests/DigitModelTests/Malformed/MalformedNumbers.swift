import Testing

@testable import DigitModel

/// Errors in the tensors' elements.
enum MalformedNumbers {
    static let all: [Malformed] = [
        number("a scale of zero", "layers.0.weight_scale", 3, 0, found: "0.0", expected: scale),
        number("a scale of minus zero", "layers.0.weight_scale", 0, -0.0, found: "-0.0", expected: scale),
        number("a negative scale", "layers.1.weight_scale", 0, -0.5, found: "-0.5", expected: scale),
        number("a scale that is NaN", "layers.0.weight_scale", 48, .nan, found: "nan", expected: scale),
        number("an infinite scale", "layers.2.weight_scale", 0, .infinity, found: "inf", expected: scale),
        number(
            "a subnormal scale", "layers.3.weight_scale", 0, .leastNormalMagnitude / 2, found: "5.877472e-39",
            expected: scale),
        number("an output scale of zero", "layers.0.output_scale", 0, 0, found: "0.0", expected: scale),
        number(
            "an output scale that is NaN", "layers.3.output_scale", 0, .nan, found: "nan", expected: scale),
        number("a negative output scale", "layers.2.output_scale", 0, -1, found: "-1.0", expected: scale),
        number("a bias that is NaN", "layers.0.bias", 7, .nan, found: "nan", expected: "a finite number"),
        number(
            "a bias that is infinite", "layers.1.bias", 0, -.infinity, found: "-inf",
            expected: "a finite number"),
        Malformed(
            "a scale that takes codes out of int32", file: file("layers.1.weight_scale", 0, 1e30),
            .value(
                tensor: "layers.1.weight_scale", index: 0,
                found: "scale 1e+30 and bias \(Sample.smallModel.layers[1].biases[0])",
                expected: "codes below 2^30 in steps of \(Sample.smallModel.layers[1].outputScale)")),
        Malformed(
            "a bias that takes codes out of int32", file: file("layers.2.bias", 0, 1e30),
            .value(
                tensor: "layers.2.weight_scale", index: 0,
                found: "scale \(Sample.smallModel.layers[2].weightScales[0]) and bias 1e+30",
                expected: "codes below 2^30 in steps of \(Sample.smallModel.layers[2].outputScale)")),
        Malformed(
            "an output scale whose quotients are infinite",
            file: file("layers.3.output_scale", 0, .leastNormalMagnitude),
            .value(
                tensor: "layers.3.weight_scale", index: 0,
                found: "scale \(Sample.smallModel.layers[3].weightScales[0]) "
                    + "and bias \(Sample.smallModel.layers[3].biases[0])",
                expected: "codes below 2^30 in steps of \(Float.leastNormalMagnitude)")),
    ]

    private static let scale = "a positive normal number"

    private static func number(
        _ name: String, _ tensor: String, _ index: Int, _ value: Float, found: String, expected: String
    ) -> Malformed {
        Malformed(
            name, file: file(tensor, index, value),
            .value(tensor: tensor, index: index, found: found, expected: expected))
    }

    /// The sample with one element of a tensor overwritten.
    private static func file(_ tensor: String, _ index: Int, _ value: Float) -> [UInt8] {
        var file = EditableFile()
        guard let range = file.range(of: tensor) else { return [] }
        for byte in 0..<4 {
            file.data[range.lowerBound + 4 * index + byte] =
                UInt8(truncatingIfNeeded: value.bitPattern >> (8 * byte))
        }
        return file.bytes
    }
}
