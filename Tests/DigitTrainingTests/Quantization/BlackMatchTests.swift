import DigitDataSets
import DigitGen
import DigitModel
import NeuralNetwork
import TestSupport
import Testing
import TrainingTestSupport

@testable import DigitTraining

@Suite("Black of a bundle")
struct BlackMatchTests {
    private let parallel = Parallel(threads: 1)

    @Test("as many of the first codes become black as bring the share nearest to what is wanted")
    func table() {
        let gray = (0..<256).map { UInt8(max($0, 1)) }
        var counts = [Int](repeating: 0, count: 256)
        (counts[0], counts[1], counts[2], counts[9]) = (50, 20, 20, 10)
        func firstGray(_ share: Double) -> Int? {
            PixelTable.blackened(gray, counts: counts, blackShare: share).firstIndex { $0 > 0 }
        }
        #expect(firstGray(0) == 0)
        #expect(firstGray(0.59) == 1 && firstGray(0.61) == 2)
        // Codes that never come, but stand among the black ones, are black.
        #expect(firstGray(0.9) == 9)
        #expect(firstGray(1) == nil)
        #expect(PixelTable.blackened(gray, counts: counts, blackShare: 0.7)[2...] == gray[2...])
    }

    @Test("digits get the share of black that the images have; weights stay, and once is as good as twice")
    func share() throws {
        let model = smallModel()
        for wanted in [0.3, 0.8] {
            let images = (0..<1000).map { UInt8($0 < Int(1000 * wanted) ? 0 : 200) }
            let match = BlackMatch(model, to: images, parallel: parallel)
            let black = drawn(match.model).count { $0 == 0 }
            // One code comes in a few hundredths of the pixels.
            #expect(abs(Double(black) / Double(200 * 784) - wanted) < 0.05)
            #expect(match.model.layers == model.layers && match.darkestGray > 0)
            #expect(BlackMatch(match.model, to: images, parallel: parallel).model == match.model)
        }
    }

    /// Few weights, for tests draw 10,000 images.
    private func smallModel() -> QuantizedModel {
        var architecture = Architecture(latentSize: 8, classCount: 0, labelScale: 0, layers: [])
        architecture.appendDense(Volume(height: 1, width: 1, channels: 8), activation: .relu)
        architecture.appendDense(Volume(height: 28, width: 28, channels: 1), activation: .tanh)
        return RandomModel.make(architecture, seed: 4)
    }

    private func drawn(_ model: QuantizedModel) -> [UInt8] {
        let plan = InferencePlan(model, tier: KernelTier.available[0])
        var pixels = [UInt8](repeating: 0, count: 200 * ImageSize.mnist.pixelCount)
        pixels.withUnsafeMutableBufferPointer {
            plan.run(ImageKey.inTurn(0..<200, seed: 9), into: $0)
        }
        return pixels
    }
}
