import TestSupport
import Testing
import DigitModel

@testable import DigitGen

@Suite("Tap patterns")
struct TapPatternTests {
    @Test("each output position is in one pattern, with all taps that meet the input and no other")
    func complete() throws {
        let start = UInt64.random(in: 0..<1_000_000)
        for seed in start..<start + 20 {
            for layer in RandomModel.architecture(seed: seed).layers where layer.operation != .dense {
                try check(layer, "seed \(seed), \(layer)")
            }
        }
    }

    @Test("borders and phases have patterns of their own: those of the default model's layers")
    func counts() {
        let layers = ModelName.cdcgan.architecture.layers
        // Four phases, each with an inside, two edges and a corner.
        #expect(TapPattern.patterns(of: layers[1]).count == 16)
        // An inside, four edges and four corners.
        #expect(TapPattern.patterns(of: layers[2]).count == 9)
    }

    private func check(_ layer: GeneratorLayer, _ comment: Comment) throws {
        var found: Set<[Int]> = []
        for pattern in TapPattern.patterns(of: layer) {
            #expect(pattern.inputs.count == pattern.taps.count * pattern.outputs.count, comment)
            for (index, output) in pattern.outputs.enumerated() {
                for (place, tap) in pattern.taps.enumerated() {
                    let input = pattern.inputs[index * pattern.taps.count + place]
                    found.insert([output.row, output.column, tap, input.row, input.column])
                }
            }
        }
        #expect(layer.macsPerImage == found.count * layer.input.channels * layer.output.channels, comment)
        let outputs = TapPattern.patterns(of: layer).flatMap(\.outputs).map { [$0.row, $0.column] }
        #expect(outputs.count == layer.output.height * layer.output.width, comment)
        #expect(Set(outputs).count == outputs.count, comment)
        #expect(found == expected(layer), comment)
    }

    /// All (output row, output column, tap, input row, input column), from the definitions of `GeneratorLayer`.
    private func expected(_ layer: GeneratorLayer) -> Set<[Int]> {
        let (kernel, stride, isTransposed) =
            switch layer.operation {
            case .convolution(let kernel, let stride): (kernel, stride, false)
            case .transposedConvolution(let kernel, let stride): (kernel, stride, true)
            case .dense: (1, 1, false)
            }
        let padding = max(kernel - stride, 0) / 2
        let (coarse, fine) = isTransposed ? (layer.input, layer.output) : (layer.output, layer.input)
        var all: Set<[Int]> = []
        for row in 0..<coarse.height {
            for column in 0..<coarse.width {
                for tap in 0..<kernel * kernel {
                    let y = row * stride - padding + tap / kernel
                    let x = column * stride - padding + tap % kernel
                    guard 0..<fine.height ~= y, 0..<fine.width ~= x else { continue }
                    all.insert(isTransposed ? [y, x, tap, row, column] : [row, column, tap, y, x])
                }
            }
        }
        return all
    }
}
