/// What decides an image, besides the bundle.
package struct ImageKey: Equatable, Sendable {
    package var seed: UInt64
    /// Which of the seed's latents.
    package var index: UInt64
    /// The digit, for a conditional model.
    package var label: UInt8

    package init(seed: UInt64, index: UInt64, label: UInt8) {
        self.seed = seed
        self.index = index
        self.label = label
    }
}
