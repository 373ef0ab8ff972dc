/// Times whole runs of a plan with one size of batch and one number of threads.
struct RunTimer {
    let batch: Int
    let threads: Int
    /// The fastest run so far.
    private(set) var fastest = Duration.longest

    private let plan: InferencePlan
    private let keys: [ImageKey]

    /// Small batches are repeated for so long before something else has its turn.
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
    /// Longer than anything measured.
    static let longest = Duration.seconds(1 << 32)

    /// The duration as a number of nanoseconds.
    package var nanoseconds: Double {
        Double(components.seconds) * 1e9 + Double(components.attoseconds) / 1e9
    }
}
