import NeuralNetwork

/// Points of the plane over the modes of a mixture, as SVG: a ring about each mode, and a disc in it whose area is the
/// mode's share of the points. With even shares each disc fills its ring; a mode without points has an empty one.
///
/// The colours follow the reader's scheme, light or dark, wherever the picture is shown.
package struct PointPicture {
    private let mixture: GaussianMixture
    private let title: String
    /// x and y of each point.
    private let points: [Float]

    /// The width and height in user units, which are thousandths of the plane's.
    private static let size = 2_500
    private static let leastRadius = 60
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

    /// The whole document.
    package var svg: String {
        let half = PointPicture.size / 2
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="\(-half) \(-half) \(2 * half) \(2 * half)" role="img">
            <title>\(title)</title>
            <style>
            .mode { fill: none; stroke: #6b7280; stroke-width: 10 }
            .share { fill: #c2410c; fill-opacity: 0.4 }
            .points { fill: none; stroke: #1d4ed8; stroke-width: 18; stroke-linecap: round; stroke-opacity: 0.5 }
            @media (prefers-color-scheme: dark) {
            .mode { stroke: #9ca3af }
            .share { fill: #fb923c }
            .points { stroke: #93c5fd; stroke-opacity: 0.8 }
            }
            </style>
            \(modes)
            <path class="points" d="\(dots)"/>
            </svg>

            """
    }

    private var modes: String {
        // A ring of 3 σ would be too small to see a disc in it where σ is small.
        let radius = max(PointPicture.leastRadius, thousandths(3 * mixture.deviation) ?? 0)
        var counts = [Int](repeating: 0, count: mixture.centers.count)
        for case let mode? in mixture.modes(Tensor(points, shape: [points.count / 2, 2])) {
            counts[mode] += 1
        }
        let even = Float(max(1, counts.reduce(0, +))) / Float(counts.count)
        return zip(mixture.centers, counts).flatMap { center, count -> [String] in
            guard let place = place(center.x, center.y) else { return [] }
            func circle(_ kind: String, _ radius: Int) -> String {
                "<circle class=\"\(kind)\" cx=\"\(place.x)\" cy=\"\(place.y)\" r=\"\(radius)\"/>"
            }
            let ring = circle("mode", radius)
            guard count > 0 else { return [ring] }
            let share = Float(radius) * (Float(count) / even).squareRoot()
            return [ring, circle("share", Int(share.rounded()))]
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
