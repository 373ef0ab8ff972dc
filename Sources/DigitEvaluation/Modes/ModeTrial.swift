import DigitDataSets
import DigitModel
import DigitTraining
import NeuralNetwork
import Platform

/// Trains a method on stacked digits and counts the modes that its generator reaches.
package struct ModeTrial {
    /// The number of images that are drawn and labelled, as in the literature.
    package static let sampleCount = 26_000
    private static let batchSize = 200

    private let digits: DataSet
    private let judge: Judge
    private let parallel: Parallel

    package init(digits: DataSet, judge: Judge, parallel: Parallel) {
        self.digits = digits
        self.judge = judge
        self.parallel = parallel
    }

    /// Trains and counts.
    ///
    /// - Parameters:
    ///   - imageCount: of the images of a pass, at least a batch.
    /// - Returns: nil if `signal` came before the end.
    package func run(
        _ method: ModeMethod, epochs: Int, seed: UInt64, imageCount: Int = ModeMethod.imageCount,
        until signal: StopSignal? = nil
    ) -> ModeResult? {
        let recipe = method.recipe(epochs: epochs, seed: seed)
        let trainer = Trainer(
            recipe: recipe, images: StackedDigits(digits, count: imageCount, seed: seed), parallel: parallel)
        let display = ProgressDisplay(epochs: epochs, stepsPerEpoch: trainer.stepsPerEpoch)
        let start = SystemClock.processorTime
        for number in 1...epochs {
            let epochStart = SystemClock.processorTime
            guard let report = trainer.runEpoch(showing: display, until: signal) else { return nil }
            display.didFinish(
                CurvesFile.Epoch(
                    number: number, report: report, seconds: SystemClock.processorTime - epochStart))
        }
        let seconds = SystemClock.processorTime - start
        guard let coverage = coverage(of: trainer, until: signal) else { return nil }
        return ModeResult(
            settings: ModeResult.Settings(
                method: method, epochs: epochs, seed: seed, dataSetSHA256: digits.digest),
            images: epochs * trainer.stepsPerEpoch * recipe.batchSize,
            processorSeconds: seconds, coverage: coverage)
    }

    /// The limit: the modes of `ModeTrial.sampleCount` stacked real digits, as the judge classifies them.
    package func realCoverage(of digits: DataSet, seed: UInt64) -> ModeCoverage {
        let verdicts = DigitSample(pixels: digits.images, labels: nil, judge: judge.classifier).verdicts
        return ModeCoverage(
            modes: StackedDigits(digits, count: ModeTrial.sampleCount, seed: seed).modes(classes: verdicts))
    }

    private func coverage(of trainer: Trainer, until signal: StopSignal?) -> ModeCoverage? {
        let latents = LatentBatch(architecture: trainer.recipe.architecture)
        let labels = [UInt8](repeating: 0, count: ModeTrial.batchSize)
        var random = RandomSource(seed: trainer.recipe.seed ^ 0x26_000)
        return trainer.withFinishedGenerator { generator in
            var drawn: [Int] = []
            while drawn.count < ModeTrial.sampleCount {
                guard signal?.received == nil else { return nil }
                let inputs = latents.draw(labels: labels, random: &random)
                drawn += modes(generator.forward(inputs, .inference))
            }
            return ModeCoverage(modes: drawn)
        }
    }

    /// The kind of each image [N, pixels · 3], 0…999, channel by channel as the judge sees it.
    func modes(_ images: Tensor) -> [Int] {
        let channels = StackedDigits.channels
        let size = ImageSize.mnist.pixelCount
        let digits = Tensor(uninitialized: [images.batch * channels, size])
        for row in 0..<images.batch {
            for channel in 0..<channels {
                let target = digits.pointer + (row * channels + channel) * size
                let source = images.pointer + row * size * channels + channel
                for index in 0..<size { target[index] = source[index * channels] }
            }
        }
        let verdicts = DigitSample.verdicts(of: digits, by: judge.classifier)
        return (0..<images.batch).map { row in
            (0..<channels).reduce(0) { 10 * $0 + Int(verdicts[row * channels + $1]) }
        }
    }
}

/// A generator's coverage of the thousand modes of Stacked MNIST (Metz et al. 2017, Srivastava et al. 2017).
package struct ModeCoverage: Sendable, Equatable {
    /// Kinds of images: three digits each.
    package static let modeCount = 1_000

    /// Modes that at least one image is of.
    package let reached: Int
    /// KL(p ‖ uniform) = Σ p[m] · ln(1000 · p[m]) in nats, p the shares of the images: 0 if all modes are equally
    /// frequent, ln 1000 = 6.91 if there is but one.
    ///
    /// Drawing alone makes it larger than 0: about 999 / 2N for N images of equally likely modes.
    package let divergence: Double

    /// - Parameter modes: of each image, 0…999; at least one.
    package init(modes: [Int]) {
        var counts = [Int](repeating: 0, count: ModeCoverage.modeCount)
        for mode in modes { counts[mode] += 1 }
        reached = counts.count { $0 > 0 }
        divergence = counts.reduce(0) { sum, count in
            guard count > 0 else { return sum }
            let share = Double(count) / Double(modes.count)
            return sum + share * log(share * Double(ModeCoverage.modeCount))
        }
    }
}

/// Stacked MNIST (Metz et al. 2017, Srivastava et al. 2017): images of three channels, each a digit drawn by itself, so
/// that there are a thousand kinds of images, nearly as many of each.
struct StackedDigits: TrainingImages {
    /// The number of digits in an image.
    static let channels = StackedNetworks.channels

    private let digits: DataSet
    /// The indices of the digits in each image's channels, one image after the other.
    private let members: [Int32]

    /// `count` images, drawn with `seed`. The digits must not be empty.
    init(_ digits: DataSet, count: Int, seed: UInt64) {
        var random = RandomSource(seed: seed)
        self.digits = digits
        members = (0..<count * StackedDigits.channels).map { _ in
            Int32.random(in: 0..<Int32(digits.count), using: &random)
        }
    }

    var count: Int { members.count / StackedDigits.channels }

    /// [N, pixels · 3], the channels of a pixel beside each other.
    func batch(_ chosen: ArraySlice<Int>) -> Tensor {
        let channels = StackedDigits.channels
        let size = ImageSize.mnist.pixelCount
        let batch = Tensor(uninitialized: [chosen.count, size * channels])
        digits.images.withUnsafeBufferPointer { pixels in
            for (row, image) in chosen.enumerated() {
                for channel in 0..<channels {
                    let source = Int(members[image * channels + channel]) * size
                    let target = batch.pointer + row * size * channels + channel
                    for index in 0..<size {
                        target[index * channels] = Float(pixels[source + index]) / 127.5 - 1
                    }
                }
            }
        }
        return batch
    }

    /// No network of these looks at labels.
    func labels(_ chosen: ArraySlice<Int>) -> [UInt8] { [UInt8](repeating: 0, count: chosen.count) }

    /// The kind of each image, 0…999, given a class for each digit of the data.
    func modes(classes: [UInt8]) -> [Int] {
        (0..<count).map { image in
            (0..<StackedDigits.channels).reduce(0) {
                10 * $0 + Int(classes[Int(members[image * StackedDigits.channels + $1])])
            }
        }
    }
}
