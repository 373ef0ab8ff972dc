import DigitDataSets
import DigitModel
import DigitTraining
import NeuralNetwork
import Platform

/// Trains a method on a set and counts the modes that its generator reaches.
package struct ModeTrial {
    private static let batchSize = 100

    private let set: ModeSet
    private let digits: Digits?
    private let parallel: Parallel

    /// - Parameter digits: for sets of digits; nil for others.
    package init(_ set: ModeSet, digits: Digits? = nil, parallel: Parallel) {
        precondition((set.mixture == nil) == (digits != nil))
        self.set = set
        self.digits = digits
        self.parallel = parallel
    }

    /// Trains and counts.
    ///
    /// - Parameters:
    ///   - picturing: given a picture of what was counted.
    /// - Returns: nil if `signal` came before the end.
    package func run(
        _ method: ModeMethod, epochs: Int, seed: UInt64, precision: Precision = .float32,
        until signal: StopSignal? = nil, picturing: ((ModePicture) throws -> Void)? = nil
    ) rethrows -> ModeResult? {
        let recipe = method.recipe(on: set, epochs: epochs, seed: seed, precision: precision)
        let trainer = Trainer(
            recipe: recipe, images: trainingImages(count: set.passSize, seed: seed),
            parallel: parallel)
        let display = ProgressDisplay(epochs: epochs, stepsPerEpoch: trainer.stepsPerEpoch, until: signal)
        let start = SystemClock.processorTime
        for number in 1...epochs {
            let epochStart = SystemClock.processorTime
            guard let report = trainer.runEpoch(showing: display, until: signal) else { return nil }
            display.didFinish(
                CurvesFile.Epoch(
                    number: number, report: report, seconds: SystemClock.processorTime - epochStart))
        }
        let seconds = SystemClock.processorTime - start
        guard let (coverage, drawn) = coverage(of: trainer, until: signal) else { return nil }
        try picturing?(picture(of: drawn, method))
        return ModeResult(
            settings: ModeResult.Settings(
                set: set, method: method, epochs: epochs, seed: seed, precision: precision,
                dataSetSHA256: digits?.data.digest ?? ""),
            images: epochs * trainer.stepsPerEpoch * recipe.batchSize, processorSeconds: seconds,
            coverage: coverage)
    }

    /// The limit: the modes of as many real samples as are counted.
    ///
    /// - Parameter test: digits that the judge has not seen; nil for sets without digits.
    package func realCoverage(of test: DataSet?, seed: UInt64) -> ModeCoverage {
        var random = RandomSource(seed: seed)
        let samples: [ModeSample]
        if let mixture = set.mixture {
            samples = self.samples(mixture.draw(set.sampleCount, random: &random))
        } else if let test, let digits {
            let verdicts = digits.verdicts(of: Tensor(pixels: test.images))
            samples =
                set == .stacked
                ? StackedDigits(test, count: set.sampleCount, seed: seed).samples(verdicts)
                : verdicts.prefix(set.sampleCount).map { ModeSample(digits: [$0]) }
        } else {
            preconditionFailure("the modes of digits are counted on digits")
        }
        return ModeCoverage(samples, count: set.modeCount)
    }

    private func trainingImages(count: Int, seed: UInt64) -> any TrainingImages {
        if let mixture = set.mixture { return GaussianPoints(mixture, count: count, seed: seed) }
        guard let data = digits?.data else { preconditionFailure("sets of digits need digits") }
        if set == .stacked { return StackedDigits(data, count: count, seed: seed) }
        return LabelledImages(images: data.images, labels: data.labels)
    }

    private func picture(of drawn: [Tensor], _ method: ModeMethod) -> ModePicture {
        guard let mixture = set.mixture else {
            return ModePicture(digits: drawn[0])
        }
        let title = "\(set.sampleCount) points that \(method.rawValue) draws, over \(set.rawValue)"
        return .points(PointPicture(Tensor.concatenated(drawn), over: mixture, title: title))
    }

    /// The coverage, and samples for a picture: all points, or the first batch of images.
    private func coverage(of trainer: Trainer, until signal: StopSignal?) -> (ModeCoverage, [Tensor])? {
        let latents = LatentBatch(architecture: trainer.recipe.architecture)
        let labels = [UInt8](repeating: 0, count: ModeTrial.batchSize)
        var random = RandomSource(seed: trainer.recipe.seed ^ 0x26_000)
        return trainer.withFinishedGenerator { generator in
            var counted: [ModeSample] = []
            var drawn: [Tensor] = []
            while counted.count < set.sampleCount {
                guard signal?.received == nil else { return nil }
                let inputs = latents.draw(labels: labels, random: &random)
                let batch = generator.forward(inputs, .inference)
                counted += samples(batch)
                if set.mixture != nil || drawn.isEmpty { drawn.append(batch) }
            }
            return (ModeCoverage(counted, count: set.modeCount), drawn)
        }
    }

    /// What each of N samples, [N, its elements], counts as.
    func samples(_ drawn: Tensor) -> [ModeSample] {
        if let mixture = set.mixture { return mixture.modes(drawn).map(ModeSample.init(point:)) }
        guard let digits else { preconditionFailure("sets of digits need digits") }
        let verdicts = digits.verdicts(of: ModeTrial.channelsApart(drawn))
        let channels = verdicts.count / drawn.batch
        return (0..<drawn.batch).map { row in
            ModeSample(digits: verdicts[row * channels..<(row + 1) * channels])
        }
    }

    /// Images [N · C, pixels], one for each channel, of images [N, pixels · C].
    static func channelsApart(_ images: Tensor) -> Tensor {
        let size = ImageSize.mnist.pixelCount
        let channels = images.rowSize / size
        let result = Tensor(uninitialized: [images.batch * channels, size])
        for row in 0..<images.batch {
            for channel in 0..<channels {
                let target = result.pointer + (row * channels + channel) * size
                let source = images.pointer + row * size * channels + channel
                for index in 0..<size { target[index] = source[index * channels] }
            }
        }
        return result
    }
}
