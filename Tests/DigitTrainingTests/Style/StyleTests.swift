import DigitModel
import NeuralNetwork
import Testing
import TrainingTestSupport

@testable import DigitTraining

@Suite("Style measures")
struct StyleMeasuresTests {
    /// A bar from (12, 4) down to row 23, leaning to the right by `lean` pixels a row upwards.
    private func bar(lean: Float, width: Float) -> [UInt8] {
        (0..<784).map { index in
            let (x, y) = (Float(index % 28), Float(index / 28))
            guard (4...23).contains(y) else { return 0 }
            let centre = 14 + lean * (13.5 - y)
            return UInt8(255 * min(max(width / 2 + 0.5 - abs(x - centre), 0), 1))
        }
    }

    @Test("slant is the tangent of the lean to the right", arguments: [-0.4, 0, 0.3] as [Float])
    func slant(lean: Float) {
        let measures = StyleMeasures(pixels: bar(lean: lean, width: 3))
        #expect(abs(measures.slant - lean) < 0.02, "\(measures)")
    }

    @Test("thickness is the stroke's width in pixels", arguments: [2, 3, 4.5] as [Float])
    func thickness(width: Float) {
        let measures = StyleMeasures(pixels: bar(lean: 0, width: width))
        // An outline has two ends, too.
        #expect(abs(measures.thickness - 20 * width / (20 + width)) < 0.15, "\(measures)")
    }

    @Test("an empty picture measures nothing")
    func empty() {
        #expect(
            StyleMeasures(pixels: [UInt8](repeating: 0, count: 784))
                == StyleMeasures(slant: 0, thickness: 0, width: 0))
    }
}

@Suite("Style map")
struct StyleMapTests {
    @Test("within a class, coordinates are standard normal and uncorrelated")
    func whitening() {
        let data = StyleSamples.bars(count: 4000, seed: 3)
        let map = StyleMap(
            images: data.images, labels: data.labels, latentSteps: 44, parallel: Parallel(threads: 1))
        let batch = map.batch((0..<4000)[...].map { $0 }[...])
        for first in 0..<3 {
            for second in 0...first {
                var sum: Float = 0
                for row in 0..<4000 {
                    sum +=
                        batch.coordinates.pointer[row * 3 + first]
                        * batch.coordinates.pointer[row * 3 + second]
                }
                #expect(
                    abs(sum / 4000 - (first == second ? 1 : 0)) < 0.06, "\(first) \(second): \(sum / 4000)")
            }
        }
    }
}

/// Bars of random lean and width, of one class.
enum StyleSamples {
    static func bars(count: Int, seed: UInt64) -> (images: [UInt8], labels: [UInt8]) {
        var random = RandomSource(seed: seed)
        var images = [UInt8](repeating: 0, count: count * 784)
        for image in 0..<count {
            let lean = random.uniform() * 0.8 - 0.3
            let width = 2 + 2 * random.uniform() + lean
            for y in 4..<24 {
                let centre = 14 + lean * (13.5 - Float(y))
                for x in 0..<28 {
                    let level = min(max(width / 2 + 0.5 - abs(Float(x) - centre), 0), 1)
                    images[image * 784 + y * 28 + x] = UInt8(255 * level)
                }
            }
        }
        return (images, [UInt8](repeating: 1, count: count))
    }
}

@Suite("Discriminator of styles")
struct StyleDiscriminatorTests {
    // Fixed seeds: a random one puts an activation next to leaky ReLU's kink now and then.
    @Test("its gradients agree with central differences", arguments: [1, 3] as [UInt64])
    func gradients(seed: UInt64) {
        var random = RandomSource(seed: seed)
        let widths = ProjectionDiscriminator.Widths(first: 3, second: 4, third: 4, features: 6)
        let discriminator = ProjectionDiscriminator(
            widths: widths, classes: 10, image: Volume(height: 28, width: 28, channels: 2),
            looksAtStyles: true, random: &random,
            parallel: Parallel(threads: 1))
        checkGradients(
            of: EverythingSaid(discriminator, styles: randomTensor([3, 3], seed: seed + 1)),
            input: randomTensor([3, 28 * 28 * 2], seed: seed + 2), seed: seed)
    }

    /// The discriminator as a layer: scores, class logits and measures in one row.
    private final class EverythingSaid: Layer {
        private let discriminator: ProjectionDiscriminator
        private let styles: Tensor
        private let labels: [UInt8] = [7, 0, 3]

        init(_ discriminator: ProjectionDiscriminator, styles: Tensor) {
            self.discriminator = discriminator
            self.styles = styles
        }

        var parameters: [Parameter] { discriminator.parameters }

        func forward(_ input: Tensor, _ mode: ForwardMode) -> Tensor {
            let output = discriminator.forward(input, labels: labels, styles: styles, mode)
            let (classes, measures) = (output.classLogits?.elements ?? [], output.styles?.elements ?? [])
            var rows: [Float] = []
            for row in 0..<3 {
                rows.append(output.scores.pointer[row])
                rows += classes[row * 10..<row * 10 + 10]
                rows += measures[row * 3..<row * 3 + 3]
            }
            return Tensor(rows, shape: [3, 14])
        }

        func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
            func columns(_ range: Range<Int>) -> Tensor {
                var elements: [Float] = []
                for row in 0..<3 {
                    for column in range { elements.append(outputGradient.pointer[row * 14 + column]) }
                }
                return Tensor(elements, shape: [3, range.count])
            }
            return discriminator.backward(
                DiscriminatorOutput(
                    scores: columns(0..<1), classLogits: columns(1..<11), styles: columns(11..<14)),
                wanted: wanted)
        }
    }
}
