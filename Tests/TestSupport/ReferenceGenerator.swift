import DigitGen
import DigitModel

/// The int8 forward pass by the definitions of `GeneratorLayer` and `QuantizedLayer`, written for clarity. Kernels are
/// compared with it.
package struct ReferenceGenerator {
    private let model: QuantizedModel

    package init(_ model: QuantizedModel) { self.model = model }

    /// Returns the pixels of one image.
    package func image(_ key: ImageKey) -> [UInt8] {
        var codes = [UInt8](repeating: 0, count: model.architecture.latentSize)
        codes.withUnsafeMutableBufferPointer {
            LatentSampler(steps: model.latentSteps, forms: model.forms)
                .fill($0, with: key.latent, label: key.label)
        }
        let source = codes.withUnsafeBufferPointer {
            InkSource(codes: $0, digit: key.nearestLabel, rule: model.sourceRule)
        }
        for label in 0..<model.architecture.classCount {
            let isHot = label == Int(key.label) && key.labelFraction == .none
            codes.append(isHot ? UInt8(128 + model.latentSteps * model.architecture.labelScale) : 128)
        }
        var (scale, zeroPoint) = (model.latentScale, QuantizedModel.latentZeroPoint)
        for (index, (layer, numbers)) in zip(model.architecture.layers, model.layers).enumerated() {
            var sums = ReferenceGenerator.sums(layer, numbers.weights, codes, zeroPoint)
            if layer.activation == .ink { return picture(sums, numbers, source) }
            if index == 0, key.labelFraction != .none { addMixedLabel(key, to: &sums) }
            codes = sums.enumerated().map { index, sum in
                let channel = layer.operation == .dense ? index : index % layer.output.channels
                return ReferenceGenerator.code(sum, layer.activation, numbers, channel, inputScale: scale)
            }
            (scale, zeroPoint) = (numbers.outputScale, numbers.outputZeroPoint)
        }
        return codes.map { model.pixels[Int($0)] }
    }

    /// Adds the contribution of a label between two digits to the first layer: the hot code's distance from zero times
    /// the interpolated weights of both digits.
    private func addMixedLabel(_ key: ImageKey, to sums: inout [Int]) {
        let fraction = key.labelFraction.value
        let hot = Double(model.latentSteps * model.architecture.labelScale)
        let (size, latent) = (model.architecture.inputSize, model.architecture.latentSize)
        for output in sums.indices {
            let first = Double(model.layers[0].weights[output * size + latent + Int(key.label)])
            let second = Double(model.layers[0].weights[output * size + latent + Int(key.endLabel)])
            sums[output] += Int((hot * ((1 - fraction) * first + fraction * second) + 0.5).rounded(.down))
        }
    }

    private func picture(_ sums: [Int], _ numbers: QuantizedLayer, _ source: InkSource) -> [UInt8] {
        let field = sums.map { ($0 + Int(numbers.fieldBias)) >> numbers.fieldShift }
        return ReferenceFinishing.picture(
            of: ReferenceSpecks.cleared(field, most: model.speckSize), source)
    }

    private static func code(
        _ sum: Int, _ activation: GeneratorLayer.Activation, _ numbers: QuantizedLayer, _ channel: Int,
        inputScale: Float
    ) -> UInt8 {
        let multiplier = inputScale * numbers.weightScales[channel] / numbers.outputScale
        var value = Float(sum) * multiplier
        value += numbers.biases[channel] / numbers.outputScale
        switch activation {
        case .relu: value = max(value, 0)
        case .leakyReLU: value = max(value, value * 0.2)
        case .tanh, .ink: break
        }
        let rounded = Double(value).rounded(.toNearestOrEven) + Double(numbers.outputZeroPoint)
        return UInt8(min(max(rounded, 0), 255))
    }

    /// Returns the accumulators of all outputs, height × width × channels.
    private static func sums(
        _ layer: GeneratorLayer, _ weights: [Int8], _ codes: [UInt8], _ zeroPoint: UInt8
    ) -> [Int] {
        let input = codes.map { Int($0) - Int(zeroPoint) }
        switch layer.operation {
        case .dense:
            return (0..<layer.output.count).map { output in
                input.indices.reduce(0) { $0 + input[$1] * Int(weights[output * input.count + $1]) }
            }
        case .convolution(let kernel, let stride), .transposedConvolution(let kernel, let stride):
            return windowSums(layer, weights, input, kernel, stride)
        }
    }

    /// Sums over windows, which slide over the larger volume: a convolution's input, a transposed convolution's output.
    private static func windowSums(
        _ layer: GeneratorLayer, _ weights: [Int8], _ input: [Int], _ kernel: Int, _ stride: Int
    ) -> [Int] {
        let isTransposed = layer.operation == .transposedConvolution(kernel: kernel, stride: stride)
        let (windows, volume) = isTransposed ? (layer.input, layer.output) : (layer.output, layer.input)
        let (inputs, outputs) = (layer.input.channels, layer.output.channels)
        let padding = max(kernel - stride, 0) / 2
        var sums = [Int](repeating: 0, count: layer.output.count)
        for y in 0..<windows.height {
            for x in 0..<windows.width {
                for ky in 0..<kernel {
                    for kx in 0..<kernel {
                        let (row, column) = (y * stride - padding + ky, x * stride - padding + kx)
                        guard row >= 0, row < volume.height, column >= 0, column < volume.width else {
                            continue
                        }
                        let (window, place) = (y * windows.width + x, row * volume.width + column)
                        let (from, to) = isTransposed ? (window, place) : (place, window)
                        for output in 0..<outputs {
                            for channel in 0..<inputs {
                                let weight = weights[
                                    ((output * kernel + ky) * kernel + kx) * inputs + channel]
                                sums[to * outputs + output] += input[from * inputs + channel] * Int(weight)
                            }
                        }
                    }
                }
            }
        }
        return sums
    }
}
