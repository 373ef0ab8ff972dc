import TestSupport
import Testing
import DigitModel

@testable import DigitGen

@Suite("Inference")
struct InferencePlanTests {
    @Test("every tier computes the reference's bytes for random models")
    func agreesWithReference() {
        let start = UInt64.random(in: 0..<1_000_000)
        for seed in start..<start + 12 {
            let model = RandomModel.make(
                RandomModel.architecture(seed: seed), seed: seed, latentSteps: Int(16 + seed % 29))
            let keys = keys(2, seed: seed)
            let expected = keys.flatMap { ReferenceGenerator(model).image($0) }
            for tier in KernelTier.available {
                #expect(
                    images(InferencePlan(model, tier: tier), keys) == expected,
                    "tier \(tier.name), seed \(seed), \(model.architecture)")
            }
        }
    }

    @Test(
        "the models' architectures agree with the scalar tier on every tier",
        arguments: ModelName.allCases)
    func shippedArchitectures(name: ModelName) throws {
        let keys = keys(name == .dcgan ? 2 : 9, seed: 4)
        func drawn(_ model: QuantizedModel) -> [UInt8] {
            images(InferencePlan(model, tier: KernelTier.compiled.last!), keys)
        }
        // The first random weights that give all kinds of pixels: those of ink may leave plain paper.
        let model = try #require(
            (17..<60).lazy.map { RandomModel.make(name.architecture, seed: $0) }
                .first { Set(drawn($0)).count > 10 })
        let expected = drawn(model)
        for tier in KernelTier.available {
            #expect(images(InferencePlan(model, tier: tier), keys) == expected, "tier \(tier.name)")
        }
    }

    @Test("an image does not depend on the batch, its place in it, or the number of threads")
    func independence() {
        let model = RandomModel.make(ModelName.cdcgan.architecture, seed: 5)
        let plan = InferencePlan(model, tier: KernelTier.available[0])
        let keys = keys(21, seed: 8)
        let together = images(plan, keys)
        for threads in 2...4 { #expect(images(plan, keys, threads: threads) == together) }
        for index in [0, 7, 8, 20] {
            #expect(images(plan, [keys[index]]) == Array(together[index * 784..<(index + 1) * 784]))
        }
        #expect(images(plan, keys.reversed()) == images(plan, Array(keys.reversed()), threads: 3))
    }

    private func keys(_ count: Int, seed: UInt64) -> [ImageKey] {
        (0..<count).map { ImageKey(seed: seed, index: UInt64($0), label: UInt8($0 * 7 % 10)) }
    }

    private func images(_ plan: InferencePlan, _ keys: [ImageKey], threads: Int = 1) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: keys.count * 784) { buffer, count in
            count = keys.count * 784
            plan.run(keys, into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]), threads: threads)
        }
    }
}
