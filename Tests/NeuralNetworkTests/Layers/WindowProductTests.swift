import Testing
import TrainingTestSupport

@testable import NeuralNetwork

@Suite("Window products")
struct WindowProductTests {
    private let seed = UInt64.random(in: 0..<1_000_000)

    /// Every use of the map, by rows or by im2col, over the same random numbers.
    private struct Results {
        let features: Tensor
        let volumes: Tensor
        let gradient: Tensor

        init(_ geometry: PatchGeometry, features count: Int, threads: Int, byRows: Bool, seed: UInt64) {
            let images = 5
            let product = WindowProduct(
                geometry: geometry, features: count, kernelOrder: .featuresFirst,
                parallel: Parallel(threads: threads), byRows: byRows)
            let volumes = randomTensor([images, geometry.volumeSize], seed: seed)
            let features = randomTensor([images, geometry.patchCount * count], seed: seed + 1)
            let weights = randomTensor([count, geometry.patchSize], seed: seed + 2)
            self.features = Tensor(repeating: .nan, shape: features.shape)
            product.setFeatures(self.features, volumes: volumes, kernel: weights)
            self.volumes = Tensor(repeating: .nan, shape: volumes.shape)
            product.setVolumes(self.volumes, features: features, kernel: weights)
            gradient = Tensor(repeating: 0.5, shape: weights.shape)
            product.addKernelGradient(gradient, volumes: volumes, features: features)
        }
    }

    @Test("rows of windows taken where they lie give what im2col gives")
    func agreement() {
        var random = RandomSource(seed: seed)
        for _ in 0..<40 {
            let stride = Int.random(in: 1...2, using: &random)
            let geometry = PatchGeometry(
                height: Int.random(in: 1...10, using: &random), width: Int.random(in: 1...10, using: &random),
                channels: Int.random(in: 1...6, using: &random),
                kernel: Int.random(in: stride...5, using: &random), stride: stride)
            let features = Int.random(in: 1...7, using: &random)
            let threads = Int.random(in: 1...3, using: &random)
            let rows = Results(geometry, features: features, threads: threads, byRows: true, seed: seed)
            let patches = Results(geometry, features: features, threads: threads, byRows: false, seed: seed)
            expectClose(rows.features, patches.features, "features of \(geometry)")
            expectClose(rows.volumes, patches.volumes, "volumes of \(geometry)")
            expectClose(rows.gradient, patches.gradient, "gradient of \(geometry)")
        }
    }

    @Test("a convolution with wide windows has the right gradients")
    func wideGradients() {
        var random = RandomSource(seed: seed)
        for threads in 1...2 {
            let convolution = Convolution(
                name: "wide", inputHeight: 4, inputWidth: 4, inputChannels: 40, outputChannels: 3, kernel: 3,
                stride: 2, initialization: .heNormal, random: &random, parallel: Parallel(threads: threads))
            checkGradients(of: convolution, input: randomTensor([3, 4, 4, 40], seed: seed), seed: seed)
            let transposed = TransposedConvolution(
                name: "wide", inputHeight: 2, inputWidth: 2, inputChannels: 3, outputChannels: 40, kernel: 3,
                stride: 2, initialization: .heNormal, random: &random, parallel: Parallel(threads: threads))
            checkGradients(of: transposed, input: randomTensor([3, 2, 2, 3], seed: seed), seed: seed)
        }
    }

    private func expectClose(_ a: Tensor, _ b: Tensor, _ what: String) {
        let difference = zip(a.elements, b.elements).reduce(Float(0)) { max($0, abs($1.0 - $1.1)) }
        #expect(difference < 1e-4, "\(what), seed \(seed)")
        #expect(a.elements.allSatisfy { $0.isFinite }, "\(what), seed \(seed)")
    }
}
