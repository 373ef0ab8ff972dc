import CKernels
import KernelTester
import Testing

@Suite("Kernels")
struct KernelTests {
    /// The tiers that this processor can run, then those that are emulated.
    static let tiers: [Tier] = {
        let native = (0..<dg_tier_count()).filter(dg_is_available).map { Tier(kernels: dg_tier($0)) }
        let emulated = (0..<kt_emulated_count()).map { Tier(kernels: kt_emulated($0), isEmulated: true) }
        return native + emulated
    }()

    @Test("the scalar tier comes last and is always available")
    func scalar() {
        let last = dg_tier_count() - 1
        #expect(Tier(kernels: dg_tier(last)).name == "scalar")
        #expect(dg_is_available(last))
    }

    @Test("a tier gives the scalar tier's bytes, over random shapes", arguments: tiers)
    func bytes(tier: Tier) {
        let seed = UInt64.random(in: 0..<1 << 32)
        var difference = [CChar](repeating: 0, count: 256)
        let count = kt_compare(
            tier.kernels, dg_tier(dg_tier_count() - 1), seed, 100, &difference, difference.count)
        #expect(
            count == 0, "seed \(seed): \(String(decoding: difference.map(UInt8.init), as: UTF8.self))")
    }

    @Test("a tier can time its instruction", arguments: tiers)
    func peak(tier: Tier) {
        #expect((tier.kernels?.pointee.peak(10) ?? 0) > 0)
    }
}

/// The kernels of a tier, a constant table.
struct Tier: CustomTestStringConvertible, @unchecked Sendable {
    let kernels: UnsafePointer<dg_kernels>?
    var isEmulated = false

    var name: String { kernels.map { String(cString: $0.pointee.name) } ?? "" }
    var testDescription: String { isEmulated ? "\(name), emulated" : name }
}
