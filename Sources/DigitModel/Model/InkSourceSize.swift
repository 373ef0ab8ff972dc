/// The size of the bitmap that an ink generator's field is scanned to before it is finished as MNIST's digits were: the
/// pixels along a side of the square around the ink.
///
/// MNIST's levels of gray tell the size of NIST's scans, for it decides how many source pixels, and of which parts,
/// make a pixel. It differs from digit to digit. So it follows from the latent as if by chance: from the sum of its
/// codes.
package enum InkSourceSize {
    /// Sizes in the proportions in which, mixed, they give the histogram of the levels of MNIST's images: found by
    /// least squares over MNIST's test images, finished again from their outlines at each size.
    private static let sizes: [UInt8] = [
        26, 28, 30, 32, 32, 32, 32, 32, 32, 32, 34, 34, 36, 36, 36, 42, 42, 44, 44, 44, 44, 44, 44, 44, 44,
        44, 46, 46,
        54, 54, 56, 56,
    ]

    /// The greatest of the sizes.
    package static let greatest = 56

    /// The size of a latent's digit, 26 to `greatest`.
    package static func of(codes: UnsafeBufferPointer<UInt8>) -> Int {
        var sum = 0
        for code in codes { sum += Int(code) }
        return Int(sizes[sum % sizes.count])
    }
}
