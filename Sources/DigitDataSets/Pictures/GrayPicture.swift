/// A picture of shades, row by row.
struct GrayPicture {
    let width: Int
    let height: Int
    var shades: [UInt8]

    /// The shade that best divides the picture into two, with the least variance within both (Otsu 1979, "A threshold
    /// selection method from gray-level histograms"): the lower ones are up to it. Nil for a picture that is plain but
    /// for noise.
    var threshold: UInt8? {
        var counts = [Int](repeating: 0, count: 256)
        for shade in shades { counts[Int(shade)] += 1 }
        let total = counts.indices.reduce(0) { $0 + $1 * counts[$1] }
        var (best, threshold) = (0.0, 0)
        var (lowCount, lowSum) = (0, 0)
        for shade in 0..<255 {
            lowCount += counts[shade]
            lowSum += shade * counts[shade]
            let highCount = shades.count - lowCount
            guard lowCount > 0, highCount > 0 else { continue }
            let distance =
                Double(lowSum) / Double(lowCount) - Double(total - lowSum) / Double(highCount)
            guard abs(distance) >= Self.leastContrast else { continue }
            let between = Double(lowCount) * Double(highCount) * distance * distance
            if between > best { (best, threshold) = (between, shade) }
        }
        return best > 0 ? UInt8(threshold) : nil
    }

    /// The difference that ink makes, at least.
    private static let leastContrast = 32.0

    /// The same with dark paper: 0 for the median shade of the paper and less, 255 for that of ink and more. Paper is
    /// what the picture's edge mostly is. Nil for a picture without ink.
    func inked() -> GrayPicture? {
        guard let threshold else { return nil }
        let isDark = 2 * edge.count { $0 <= threshold } >= edge.count
        let low = shades.filter { $0 <= threshold }
        let high = shades.filter { $0 > threshold }
        func median(_ shades: [UInt8]) -> Int { Int(shades.sorted()[shades.count / 2]) }
        let (paper, ink) = isDark ? (median(low), median(high)) : (median(high), median(low))
        var result = self
        for index in shades.indices {
            let level = (Int(shades[index]) - paper) * 255 / (ink - paper)
            result.shades[index] = UInt8(min(max(level, 0), 255))
        }
        return result
    }

    /// The shades of the picture's outermost pixels.
    private var edge: [UInt8] {
        var edge = Array(shades.prefix(width)) + shades.suffix(width)
        for row in 0..<height { edge += [shades[row * width], shades[row * width + width - 1]] }
        return edge
    }
}
