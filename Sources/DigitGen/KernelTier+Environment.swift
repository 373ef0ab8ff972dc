import Platform

extension KernelTier {
    /// The environment variable that forces a tier.
    package static let variable = "DIGITGEN_ISA"

    /// The tier to use: the one that `DIGITGEN_ISA` names, or the fastest available when it is unset or empty.
    ///
    /// - Throws: `DigitGeneratorError.unknownTier` or `.unavailableTier`.
    package static func preferred() throws(DigitGeneratorError) -> KernelTier {
        let name = getenv(variable).map { String(cString: $0) } ?? ""
        return name.isEmpty ? available[0] : try named(name)
    }

    /// The tier of a name.
    ///
    /// - Throws: `DigitGeneratorError.unknownTier` or `.unavailableTier`.
    package static func named(_ name: String) throws(DigitGeneratorError) -> KernelTier {
        guard compiled.contains(where: { $0.name == name }) else {
            throw .unknownTier(name, known: compiled.map(\.name))
        }
        guard let tier = available.first(where: { $0.name == name }) else {
            throw .unavailableTier(name, available: available.map(\.name))
        }
        return tier
    }
}
