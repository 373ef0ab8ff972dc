import DigitModel
import DigitTraining
import NeuralNetwork
import Platform

/// Trains a `DigitClassifier` on labelled images: the judge on real ones, the classifier of the classification
/// accuracy score on generated ones, the network of a two-sample test on both.
package struct ClassifierTraining: Sendable {
    package var epochs: Int
    package var batchSize: Int
    package var peakRate: Float
    package var seed: UInt64
    /// What the network sees of an image.
    var view = View.gray(AffineJitter())

    /// What a network sees of an image of MNIST's size.
    enum View: Sendable {
        /// [pixels]: the levels; in training as the jitter moves them.
        case gray(AffineJitter)
        /// [pixels, 2]: `HighLevelView`.
        case highLevels
        /// [pixels]: ink above the middle level.
        case blackAndWhite

        var channels: Int {
            if case .highLevels = self { 2 } else { 1 }
        }

        /// The chosen images at rest.
        func callAsFunction(_ images: [UInt8], _ chosen: ArraySlice<Int>) -> Tensor {
            let levels = Tensor(pixels: images, of: chosen)
            switch self {
            case .gray: return levels
            case .highLevels: return HighLevelView()(levels)
            case .blackAndWhite:
                for index in 0..<levels.count { levels.pointer[index] = levels.pointer[index] > 0 ? 1 : -1 }
                return levels
            }
        }
    }

    package init(epochs: Int, batchSize: Int = 128, peakRate: Float = 2e-3, seed: UInt64 = 1) {
        self.epochs = epochs
        self.batchSize = batchSize
        self.peakRate = peakRate
        self.seed = seed
    }

    /// Trains with Adam and a cosine schedule; the weights' moving average is the result.
    ///
    /// - Parameters:
    ///   - images: of MNIST's size.
    ///   - labels: one an image, at least `batchSize` of them.
    ///   - classes: the number of classes; labels are below it.
    ///   - didFinishEpoch: hears each epoch's number, from 1, and its mean loss.
    package func train(
        images: [UInt8], labels: [UInt8], classes: Int = 10, parallel: Parallel,
        didFinishEpoch: (_ epoch: Int, _ loss: Float) -> Void = { _, _ in }
    ) -> DigitClassifier {
        precondition(images.count == labels.count * ImageSize.mnist.pixelCount && labels.count >= batchSize)
        var random = RandomSource(seed: seed)
        let classifier = DigitClassifier(
            classes: classes, channels: view.channels, random: &random, parallel: parallel)
        let optimizer = Adam(
            classifier.parameters, settings: Adam.Settings(beta1: 0.9, beta2: 0.99), parallel: parallel)
        let average = ExponentialMovingAverage(of: classifier.parameters, decay: 0.998, parallel: parallel)
        let schedule = LearningRateSchedule.cosine(peak: peakRate, end: peakRate / 100, hold: 0.2)
        let steps = labels.count / batchSize
        for epoch in 0..<epochs {
            var order = Array(0..<labels.count)
            order.shuffle(using: &random)
            var total: Float = 0
            for step in 0..<steps {
                let chosen = order[step * batchSize..<(step + 1) * batchSize]
                total += classifier.accumulateGradients(
                    seen(images, chosen, random: &random, parallel: parallel),
                    labels: chosen.map { labels[$0] })
                let progress = (Float(epoch) + Float(step) / Float(steps)) / Float(epochs)
                optimizer.step(learningRate: schedule.rate(at: progress))
                average.update()
            }
            didFinishEpoch(epoch + 1, total / Float(steps))
        }
        average.exchange()
        let sample = Array(0..<labels.count).shuffled(using: &random).prefix(8_000)
        classifier.measureStatistics(
            over: stride(from: 0, to: sample.count, by: 500).map { start in
                view(images, sample[start..<min(start + 500, sample.count)])
            })
        return classifier
    }

    /// What the network sees of the chosen images in training.
    ///
    /// Each jittered image has a random source of its own, so that threads can share the work in any way.
    private func seen(
        _ images: [UInt8], _ chosen: ArraySlice<Int>, random: inout RandomSource, parallel: Parallel
    ) -> Tensor {
        guard case .gray(let jitter) = view else { return view(images, chosen) }
        let size = ImageSize.mnist.pixelCount
        let batch = Tensor(uninitialized: [chosen.count, size])
        let seed = random.next()
        images.withUnsafeBufferPointer { pixels in
            guard let base = pixels.baseAddress else { return }
            parallel.forEachPart(of: chosen.count) { _, range in
                for row in range {
                    var source = RandomSource(seed: seed &+ UInt64(row))
                    jitter.apply(
                        base + chosen[chosen.startIndex + row] * size, to: batch.pointer + row * size,
                        random: &source)
                }
            }
        }
        return batch
    }
}

/// Small random rotations, scalings and shifts of digits, by bilinear interpolation.
struct AffineJitter: Sendable {
    /// Largest rotation in radians, either way.
    var rotation: Float = 0.17
    /// Largest relative change of size.
    var scaling: Float = 0.1
    /// Largest shift in pixels along each axis.
    var shift: Float = 2

    private static let side = ImageSize.mnist.width

    /// Writes a jittered copy of an image with its pixels mapped to −1…1.
    func apply(
        _ image: UnsafePointer<UInt8>, to target: UnsafeMutablePointer<Float>, random: inout RandomSource
    ) {
        func symmetric(_ bound: Float) -> Float { (2 * random.uniform() - 1) * bound }
        let angle = symmetric(rotation)
        let scale = 1 + symmetric(scaling)
        let (cosine, sine) = (cosf(angle) / scale, sinf(angle) / scale)
        let (shiftX, shiftY) = (symmetric(shift), symmetric(shift))
        let side = AffineJitter.side
        let centre = Float(side - 1) / 2
        for y in 0..<side {
            for x in 0..<side {
                let (dx, dy) = (Float(x) - centre - shiftX, Float(y) - centre - shiftY)
                let value = AffineJitter.sample(
                    image, x: centre + cosine * dx + sine * dy, y: centre - sine * dx + cosine * dy)
                target[y * side + x] = value / 127.5 - 1
            }
        }
    }

    /// The image at a point between pixels; 0 outside of it.
    private static func sample(_ image: UnsafePointer<UInt8>, x: Float, y: Float) -> Float {
        let (left, top) = (x.rounded(.down), y.rounded(.down))
        guard left >= -1, top >= -1, left < Float(side), top < Float(side) else { return 0 }
        let (column, row) = (Int(left), Int(top))
        let (alongX, alongY) = (x - left, y - top)
        func pixel(_ row: Int, _ column: Int) -> Float {
            guard row >= 0, row < side, column >= 0, column < side else { return 0 }
            return Float(image[row * side + column])
        }
        let above = pixel(row, column) * (1 - alongX) + pixel(row, column + 1) * alongX
        let below = pixel(row + 1, column) * (1 - alongX) + pixel(row + 1, column + 1) * alongX
        return above * (1 - alongY) + below * alongY
    }
}
