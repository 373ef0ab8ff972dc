/// The area resampling of MNIST's preprocessing: from a box of m source pixels onto 20, as the authors of QMNIST
/// (Yadav and Bottou 2019) reconstructed it.
///
/// With s = 20 / m, source pixel i covers [10 + s (i − m/2), 10 + s (i − m/2) + 0.99 s]. A target pixel gets the
/// length of its part of that; a source pixel that lies wholly inside one target pixel gives it s.
package enum BoxResampling {
    /// Pixels along a side of the resampled box.
    package static let side = 20

    /// The part of each source pixel that is covered.
    private static let cover = 0.99

    /// Weights [20, m], row-major.
    static func weights(boxSide m: Int) -> [Float] {
        var weights = [Float](repeating: 0, count: side * m)
        let step = Double(side) / Double(m)
        for source in 0..<m {
            let start = Double(side) / 2 + step * (Double(source) - Double(m) / 2)
            let end = start + cover * step
            // Ends that lie on a pixel's edge, up to rounding, belong to the pixel inside.
            let first = Int((start + 1e-11).rounded(.down))
            let last = Int((end - 1e-11).rounded(.up)) - 1
            if first == last {
                weights[first * m + source] += Float(step)
                continue
            }
            for target in first...last {
                let part = min(end, Double(target + 1)) - max(start, Double(target))
                weights[target * m + source] += Float(part)
            }
        }
        return weights
    }
}
