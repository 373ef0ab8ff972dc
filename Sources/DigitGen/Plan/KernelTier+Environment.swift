import Platform

extension KernelTier {
    /// The environment variable that forces a tier.
    package static let variable = "DIGITGEN_ISA"

    /// The tier to use: the one that `DIGITGEN_ISA` names, or the fastest available when it is unset or empty.
    ///
    /// - Throws: `DigitGeneratorError.unknownTier` or `.unavailableTier`.
    package static func preferred() throws(DigitGeneratorError) -> KernelTier {
        guard let name = environment(variable) else { return available[0] }
        return try named(name)
    }
}
