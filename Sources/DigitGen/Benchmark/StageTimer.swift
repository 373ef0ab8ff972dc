import WeightBundle

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
                            plan.runLayer(layer, images: keys.count, into: images, workspace)
                        }
                        fastest[1 + layer] = min(fastest[1 + layer], time)
                    }
                }
            }
        }
        self.fastest = fastest
    }

    /// What was measured so far, for one image.
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
