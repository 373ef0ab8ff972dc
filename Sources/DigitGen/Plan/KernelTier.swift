import CKernels

/// The kernels of one instruction set.
///
/// Points at one of the C target's constant tables, which never change.
package struct KernelTier: @unchecked Sendable {
    package let kernels: UnsafePointer<dg_kernels>
    private let isAvailable: Bool

    /// As in `DIGITGEN_ISA`.
    package var name: String { String(cString: kernels.pointee.name) }

    /// True if products read a widened copy of the activations, made before each layer.
    var preparesInput: Bool { kernels.pointee.prepare != nil }

    /// The bytes of one element of a product's input.
    var inputSize: Int { kernels.pointee.input_bytes }

    /// The number of rows that products compute at once.
    var tileRows: Int { Int(kernels.pointee.tile_rows) }

    /// The factor of the weights' sums in the starts of accumulators, for an input of this zero point.
    func startFactor(zeroPoint: UInt8) -> Int32 { kernels.pointee.input_shift - Int32(zeroPoint) }

    /// All tiers of this program, the fastest first.
    package static let compiled = (0..<dg_tier_count()).compactMap { index in
        dg_tier(index).map { KernelTier(kernels: $0, isAvailable: dg_is_available(index)) }
    }

    /// The tiers that this processor can run; the scalar tier is always among them.
    package static let available = compiled.filter { $0.isAvailable }

    private init(kernels: UnsafePointer<dg_kernels>, isAvailable: Bool) {
        self.kernels = kernels
        self.isAvailable = isAvailable
    }
}

extension KernelTier {
    /// The tier of a name.
    ///
    /// - Throws: `DigitGeneratorError.unknownTier` or `.unavailableTier`.
    package static func named(_ name: String) throws(DigitGeneratorError) -> KernelTier {
        guard compiled.contains(where: { $0.name == name }) else {
            throw .unknownTier(name, known: compiled.map { $0.name })
        }
        guard let tier = available.first(where: { $0.name == name }) else {
            throw .unavailableTier(name, available: available.map { $0.name })
        }
        return tier
    }
}
