/// The seeds of the parts of a data set.
package enum PartSeed {
    /// The seed of part `number`: that of the whole for the first, and others that follow from it.
    package static func seed(_ seed: UInt64, part number: Int) -> UInt64 {
        guard number > 0 else { return seed }
        var random = RandomStream(.part, seed: seed, index: number)
        return random.nextSeed()
    }
}
