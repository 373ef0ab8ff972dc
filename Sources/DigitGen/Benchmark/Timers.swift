import CKernels
import Platform
import DigitModel

/// Times whole runs of a plan with one size of batch and one number of threads.
struct RunTimer {
    let batch: Int
    let threads: Int
    /// The fastest run so far.
    private(set) var fastest = Duration.longest

    private let plan: InferencePlan
    private let keys: [ImageKey]

    /// The time for which small batches are repeated.
    static let slice = Duration.milliseconds(3)

    init(_ plan: InferencePlan, batch: Int, threads: Int) {
        self.plan = plan
        self.batch = batch
        self.threads = threads
        keys = ImageKey.inTurn(0..<batch, seed: 1)
    }

    /// - Parameter pixels: room for `batch` images, or for more.
    mutating func measureSlice(into pixels: UnsafeMutableBufferPointer<UInt8>) {
        let pixels = UnsafeMutableBufferPointer(rebasing: pixels[..<(batch * plan.imageSize.pixelCount)])
        var spent = Duration.zero
        while spent < Self.slice {
            let time = ContinuousClock().measure { plan.run(keys, into: pixels, threads: threads) }
            fastest = min(fastest, time)
            spent += max(time, .nanoseconds(1))
        }
    }
}

extension Duration {
    /// An upper bound of all measurements.
    static let longest = Duration.seconds(1 << 32)

    /// The duration as a number of nanoseconds.
    package var nanoseconds: Double {
        Double(components.seconds) * 1e9 + Double(components.attoseconds) / 1e9
    }
}

/// Times the steps of a plan apart from each other, over one full group of images on one thread.
struct StageTimer {
    private let plan: InferencePlan
    private let keys: [ImageKey]
    private var pixels: [UInt8]
    /// The fastest time of each step for the whole group.
    private var fastest: [Duration]

    init(_ plan: InferencePlan) {
        self.plan = plan
        keys = ImageKey.inTurn(0..<plan.groupSize, seed: 1)
        pixels = [UInt8](repeating: 0, count: plan.groupSize * plan.imageSize.pixelCount)
        fastest = [Duration](repeating: .longest, count: 1 + plan.layers.count)
    }

    /// Passes the group through all steps.
    mutating func measureSlice() {
        let clock = ContinuousClock()
        var fastest = fastest
        keys.withUnsafeBufferPointer { keys in
            pixels.withUnsafeMutableBufferPointer { pixels in
                guard let images = pixels.baseAddress else { return }
                plan.withWorkspace { workspace in
                    fastest[0] = min(fastest[0], clock.measure { plan.drawLatents(keys, workspace) })
                    for layer in plan.layers.indices {
                        let time = clock.measure {
                            plan.runLayer(layer, images: keys.count, into: .pixels(images), workspace)
                        }
                        fastest[1 + layer] = min(fastest[1 + layer], time)
                    }
                }
            }
        }
        self.fastest = fastest
    }

    /// The times so far, per image.
    var stages: [Benchmark.Stage] {
        let layers = plan.architecture.layers.map { (name: $0.summary, macs: $0.macsPerImage) }
        return zip([(name: "latents", macs: 0)] + layers, fastest).map { step, time in
            Benchmark.Stage(name: step.name, macsPerImage: step.macs, time: time / plan.groupSize)
        }
    }
}

extension GeneratorLayer {
    /// Operation and output in one line.
    fileprivate var summary: String {
        switch operation {
        case .dense: "dense \(output.shape)"
        case .convolution(let kernel, let stride):
            "convolution \(kernel)×\(kernel) stride \(stride) \(output.shape)"
        case .transposedConvolution(let kernel, let stride):
            "transposed convolution \(kernel)×\(kernel) stride \(stride) \(output.shape)"
        }
    }
}

extension KernelTier {
    /// Rounds of the peak loop in one measurement, some 10 to 100 µs.
    private static let peakRounds: UInt64 = 10_000

    /// 10⁹ multiply-accumulates a second of the tier's multiplying instructions on registers alone, the upper bound
    /// of any product. On several threads, the sum of all.
    ///
    /// - Parameter threads: at least 1, all running at the same time.
    func peakRate(threads: Int = 1) -> Double {
        let total = Locked(0.0)
        runOnThreads(threads) { [self] in
            let clock = ContinuousClock()
            var rate = 0.0
            // Three rounds, so that the threads overlap in at least one.
            for _ in 0..<3 {
                var macs: UInt64 = 0
                let time = clock.measure { macs = kernels.pointee.peak(KernelTier.peakRounds) }
                rate = max(rate, Double(macs) / time.nanoseconds)
            }
            total.withLock { $0 += rate }
        }
        return total.withLock { $0 }
    }
}
