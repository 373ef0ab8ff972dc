import NeuralNetwork

/// Points of the plane over the modes of a mixture, as SVG: a circle about each mode, coloured where a point is of it.
///
/// The colours follow the reader's scheme, light or dark, wherever the picture is shown.
package struct PointPicture {
    private let mixture: GaussianMixture
    private let title: String
    /// x and y of each point.
    private let points: [Float]

    /// The width and height in user units, which are thousandths of the plane's.
    private static let size = 2_800
    /// The most points that are drawn: more would hide each other.
    package static let pointCount = 2_500

    /// - Parameters:
    ///   - points: [N, 2]; the first `pointCount` are drawn.
    ///   - title: read out in place of the picture.
    package init(_ points: Tensor, over mixture: GaussianMixture, title: String) {
        self.mixture = mixture
        self.title = title
        self.points = Array(points.elements.prefix(2 * PointPicture.pointCount))
    }

    package var svg: String {
        let half = PointPicture.size / 2
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="\(-half) \(-half) \(2 * half) \(2 * half)" role="img">
            <title>\(title)</title>
            <style>
            .mode { fill: none; stroke: #8a8a8a; stroke-width: 6 }
            .reached { stroke: #c2410c; stroke-width: 12 }
            .points { fill: none; stroke: #1d4ed8; stroke-width: 14; stroke-linecap: round; stroke-opacity: 0.5 }
            @media (prefers-color-scheme: dark) {
            .reached { stroke: #fb923c }
            .points { stroke: #93c5fd }
            }
            </style>
            \(modes)
            <path class="points" d="\(dots)"/>
            </svg>

            """
    }

    private var modes: String {
        let reached = Set(mixture.modes(Tensor(points, shape: [points.count / 2, 2])).compactMap { $0 })
        // A circle of 3 σ would be smaller than its line where σ is small.
        let radius = max(40, thousandths(3 * mixture.deviation) ?? 0)
        return mixture.centers.enumerated().compactMap { index, center in
            guard let place = place(center.x, center.y) else { return nil }
            let kind = reached.contains(index) ? "mode reached" : "mode"
            return "<circle class=\"\(kind)\" cx=\"\(place.x)\" cy=\"\(place.y)\" r=\"\(radius)\"/>"
        }.joined(separator: "\n")
    }

    /// Lines of no length, whose round ends are dots: the shortest way to write many.
    private var dots: String {
        stride(from: 0, to: points.count, by: 2).compactMap { index in
            place(points[index], points[index + 1]).map { "M\($0.x) \($0.y)h0" }
        }.joined()
    }

    /// The place of a point in user units, y downwards; nil for one outside the picture.
    private func place(_ x: Float, _ y: Float) -> (x: Int, y: Int)? {
        guard let across = thousandths(x), let down = thousandths(-y) else { return nil }
        return (across, down)
    }

    private func thousandths(_ value: Float) -> Int? {
        let scaled = (1_000 * value).rounded()
        return scaled.isFinite && abs(scaled) <= Float(PointPicture.size / 2) ? Int(scaled) : nil
    }
}
