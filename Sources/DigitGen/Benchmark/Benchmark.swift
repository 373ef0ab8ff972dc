import DigitModel

/// Measures how fast a generator draws, against the peak rate of this core's multiplying instructions.
///
/// Short slices of each kind of work alternate for the given time, and the fastest run of each counts: it is the one
/// that other programs disturb least.
package struct Benchmark: Sendable {
    /// Numbers of images that are drawn at a time, each at least 1.
    package var batches: [Int]
    /// Numbers of threads, each at least 1.
    package var threads: [Int]
    /// Time to measure for; everything is measured at least once.
    package var duration: Duration

    /// - Parameters:
    ///   - batches: one or more.
    ///   - threads: one or more; each is measured with each batch.
    package init(batches: [Int] = [1024], threads: [Int] = [1], duration: Duration = .seconds(2)) {
        precondition(!batches.isEmpty && !threads.isEmpty)
        precondition(batches.allSatisfy { $0 > 0 } && threads.allSatisfy { $0 > 0 })
        self.batches = batches
        self.threads = threads
        self.duration = duration
    }

    /// Measures a generator.
    package func run(_ generator: DigitGenerator) -> Result {
        let plan = generator.plan
        var runs = threads.flatMap { threads in
            batches.map { RunTimer(plan, batch: $0, threads: threads) }
        }
        var peaks = threads.map { (threads: $0, rate: 0.0) }
        var stages = StageTimer(plan)
        var pixels = [UInt8](repeating: 0, count: (batches.max() ?? 1) * plan.imageSize.pixelCount)
        let start = ContinuousClock.now
        repeat {
            pixels.withUnsafeMutableBufferPointer { pixels in
                for index in runs.indices { runs[index].measureSlice(into: pixels) }
            }
            for (index, peak) in peaks.enumerated() {
                peaks[index].rate = max(peak.rate, plan.tier.peakRate(threads: peak.threads))
            }
            stages.measureSlice()
        } while ContinuousClock.now - start < duration
        return Result(
            model: generator.name, tier: plan.tier.name, macsPerImage: plan.architecture.macsPerImage,
            measurements: runs.map { run in
                Measurement(
                    batch: run.batch, threads: run.threads, time: run.fastest,
                    macsPerImage: plan.architecture.macsPerImage,
                    peakGMACsPerSecond: peaks.first { $0.threads == run.threads }?.rate ?? 0)
            },
            stages: stages.stages)
    }
}

extension Benchmark {
    /// The measurements.
    package struct Result: Equatable, Sendable {
        /// Name of the model.
        package let model: String
        /// Instruction set tier, as in `DIGITGEN_ISA`.
        package let tier: String
        /// See `Architecture.macsPerImage`.
        package let macsPerImage: Int
        /// Of each batch with each number of threads; the batches of the first number of threads come first.
        package let measurements: [Measurement]
        /// The time of each step on one thread: the latents, then each layer.
        package let stages: [Stage]
    }

    /// The speed of one batch on some threads, from seeds and digits to pixels.
    package struct Measurement: Equatable, Sendable {
        package let batch: Int
        package let threads: Int
        /// The time of the whole batch.
        package let time: Duration
        package let macsPerImage: Int
        /// 10⁹ multiply-accumulates a second of the tier's multiplying instructions alone, on as many threads.
        package let peakGMACsPerSecond: Double

        package var imagesPerSecond: Double { Double(batch) / time.nanoseconds * 1e9 }
        /// 10⁹ multiply-accumulates a second.
        package var gmacsPerSecond: Double { Double(batch) * Double(macsPerImage) / time.nanoseconds }
        /// The fraction of the peak.
        package var shareOfPeak: Double { gmacsPerSecond / peakGMACsPerSecond }
    }

    /// One step on an image's way.
    package struct Stage: Equatable, Sendable {
        /// "latents", or a layer's operation and output such as "dense 7×7×64".
        package let name: String
        /// Multiply-accumulates an image; 0 for the latents.
        package let macsPerImage: Int
        /// Time an image, in a full group of them.
        package let time: Duration

        /// 10⁹ multiply-accumulates a second.
        package var gmacsPerSecond: Double { Double(macsPerImage) / time.nanoseconds }
    }
}
