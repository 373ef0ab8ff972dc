import WeightBundle

/// Measures how fast a generator draws, against what this core's instructions could do at best.
///
/// Short slices of each kind of work alternate for the given time, and the fastest slice of each counts: what
/// other programs do at the same time slows all of them, and the fastest least.
package struct Benchmark: Sendable {
    /// Images drawn at a time, at least 1.
    package var batch: Int
    /// At least 1.
    package var threads: Int
    /// Time to measure for.
    package var duration: Duration

    package init(batch: Int = 1024, threads: Int = 1, duration: Duration = .seconds(2)) {
        precondition(batch > 0 && threads > 0)
        self.batch = batch
        self.threads = threads
        self.duration = duration
    }

    /// What was measured.
    package struct Result: Equatable, Sendable {
        /// Name of the model.
        package var model: String
        /// Instruction set tier, as in `DIGITGEN_ISA`.
        package var tier: String
        package var batch: Int
        package var threads: Int
        /// From seed and digit to pixels.
        package var imagesPerSecond: Double
        /// Time for one image alone, on one thread.
        package var singleImageLatency: Duration
        /// 10⁹ multiply-accumulates a second, as `Architecture.macsPerImage` counts them.
        package var gmacsPerSecond: Double
        /// The same of the tier's multiplying instructions alone, on as many threads.
        package var peakGMACsPerSecond: Double
        /// Where the time of a group of images goes, on one thread: the latents, then each layer.
        package var stages: [Stage]

        /// What part of the peak is reached, 0 ... 1.
        package var shareOfPeak: Double { gmacsPerSecond / peakGMACsPerSecond }
    }

    /// One step on an image's way.
    package struct Stage: Equatable, Sendable {
        /// "latents", or a layer's operation and output such as "dense 7x7x64".
        package var name: String
        /// Multiply-accumulates an image; 0 for the latents.
        package var macs: Int
        /// Time an image.
        package var time: Duration

        /// 10⁹ multiply-accumulates a second.
        package var gmacsPerSecond: Double { Double(macs) / time.nanoseconds }
    }

    /// Measures a generator.
    package func run(_ generator: DigitGenerator) -> Result {
        let plan = generator.plan
        let keys = ImageKey.sequence(batch, isConditional: generator.isConditional)
        var pixels = [UInt8](repeating: 0, count: batch * InferencePlan.imageSize)
        var (images, single) = (Duration.fastest, Duration.fastest)
        var peakRate = 0.0
        var stages = StageTimer(plan)
        let clock = ContinuousClock()
        let start = clock.now
        repeat {
            pixels.withUnsafeMutableBufferPointer { pixels in
                images = min(images, clock.measure { plan.run(keys, into: pixels, threads: threads) })
                let first = UnsafeMutableBufferPointer(rebasing: pixels[..<InferencePlan.imageSize])
                single = min(single, clock.measure { plan.run([keys[0]], into: first) })
            }
            peakRate = max(peakRate, plan.tier.peakRate(threads: threads))
            stages.measureOnce()
        } while clock.now - start < duration
        let imagesPerSecond = Double(batch) / images.nanoseconds * 1e9
        return Result(
            model: generator.name, tier: plan.tier.name, batch: batch, threads: threads,
            imagesPerSecond: imagesPerSecond, singleImageLatency: single,
            gmacsPerSecond: imagesPerSecond * Double(plan.architecture.macsPerImage) / 1e9,
            peakGMACsPerSecond: peakRate, stages: stages.stages)
    }
}

extension ImageKey {
    /// Keys of one seed, digits in turn.
    static func sequence(_ count: Int, isConditional: Bool) -> [ImageKey] {
        (0..<count).map { ImageKey(seed: 1, index: UInt64($0), label: isConditional ? UInt8($0 % 10) : 0) }
    }
}

extension Duration {
    /// Longer than anything measured.
    static let fastest = Duration.seconds(1 << 32)

    /// The duration as a number of nanoseconds.
    package var nanoseconds: Double {
        Double(components.seconds) * 1e9 + Double(components.attoseconds) / 1e9
    }
}
