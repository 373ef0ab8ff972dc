extension Recipe {
    /// What a run of the recipe takes beside the images, in bytes of address space: programs and libraries, weights,
    /// and what the layers keep of each image of a batch. Measured, and a sixth more.
    var memory: Int { 384 << 20 + batchSize * memoryPerImage }

    private var memoryPerImage: Int {
        switch networks {
        case .shipped(.gan), .shipped(.cgan), .stacked(.dense): 144 << 10
        case .shipped(.cdcgan), .stacked(.convolutional): 896 << 10
        case .shipped(.ink): 1280 << 10
        case .shipped(.dcgan): 1280 << 10
        }
    }
}
