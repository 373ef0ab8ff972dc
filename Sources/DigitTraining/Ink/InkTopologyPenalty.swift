/// A penalty on what no pen leaves and resampling hides: specks, pinholes and hairline gaps of the ink where a > 0.
///
/// Of an image the penalty is strength · (Σ over specks of a − Σ over pinholes and gaps of a): where the ink's pieces
/// and holes lie is taken as constant.
/// - A speck is a piece of ink (8-connected) other than the greatest with less than `speckArea` pixels.
/// - A pinhole is a piece of paper (4-connected) that does not reach the edge with less than `pinholeArea` pixels.
/// - A gap is a pixel of paper within two pixels of two different pieces of ink that are no specks.
struct InkTopologyPenalty {
    var strength: Float
    var speckArea = 12
    var pinholeArea = 12

    /// Adds `weight` times the penalty's gradient to `gradient`, both [side, side].
    func addGradient(
        _ a: UnsafePointer<Float>, side: Int, weight: Float, to gradient: UnsafeMutablePointer<Float>
    ) {
        let count = side * side
        let pieces = Pieces(a, side: side)
        let greatest = pieces.ink.map { pieces.areas[$0] }.max() ?? 0
        let step = strength * weight
        func isSpeck(_ piece: Int) -> Bool {
            pieces.areas[piece] < min(speckArea, greatest)
        }
        for index in 0..<count {
            let piece = pieces.labels[index]
            if a[index] > 0 {
                if isSpeck(piece) { gradient[index] += step }
            } else if !pieces.reachesEdge[piece], pieces.areas[piece] < pinholeArea {
                gradient[index] -= step
            }
        }
        guard pieces.ink.count(where: { !isSpeck($0) }) > 1 else { return }
        for y in 0..<side {
            for x in 0..<side where a[y * side + x] <= 0 {
                var first: Int?
                search: for nearY in max(y - 2, 0)...min(y + 2, side - 1) {
                    for nearX in max(x - 2, 0)...min(x + 2, side - 1) where a[nearY * side + nearX] > 0 {
                        let piece = pieces.labels[nearY * side + nearX]
                        guard !isSpeck(piece), piece != first else { continue }
                        if first != nil {
                            gradient[y * side + x] -= step
                            break search
                        }
                        first = piece
                    }
                }
            }
        }
    }
}

/// The connected pieces of a picture: ink with eight neighbours a pixel, paper with four.
package struct Pieces {
    /// The number of each pixel's piece.
    private(set) var labels: [Int]
    /// Pixels of each piece.
    package private(set) var areas: [Int] = []
    /// Whether a piece touches the picture's edge.
    package private(set) var reachesEdge: [Bool] = []
    /// The numbers of the pieces of ink.
    package private(set) var ink: [Int] = []

    /// - Parameter a: [side, side]; ink is where it is positive.
    package init(_ a: UnsafePointer<Float>, side: Int) {
        // A frame of neither ink nor paper around the picture, so that each pixel has all its neighbours.
        let width = side + 2
        var kinds = [UInt8](repeating: Pieces.frame, count: width * width)
        for y in 0..<side {
            for x in 0..<side {
                kinds[(y + 1) * width + x + 1] = a[y * side + x] > 0 ? Pieces.inkKind : Pieces.paper
            }
        }
        let neighbours = [-width, -1, 1, width, -width - 1, -width + 1, width - 1, width + 1]
        var framed = [Int](repeating: -1, count: width * width)
        var stack = [Int](repeating: 0, count: side * side)
        for start in kinds.indices where kinds[start] != Pieces.frame && framed[start] < 0 {
            let kind = kinds[start]
            let piece = areas.count
            if kind == Pieces.inkKind { ink.append(piece) }
            let connections = kind == Pieces.inkKind ? 8 : 4
            var (area, touches, depth) = (0, false, 1)
            framed[start] = piece
            stack[0] = start
            while depth > 0 {
                depth -= 1
                let index = stack[depth]
                area += 1
                for neighbour in 0..<connections {
                    let near = index + neighbours[neighbour]
                    if kinds[near] == Pieces.frame { touches = true }
                    guard kinds[near] == kind, framed[near] < 0 else { continue }
                    framed[near] = piece
                    stack[depth] = near
                    depth += 1
                }
            }
            areas.append(area)
            reachesEdge.append(touches)
        }
        labels = (0..<side).flatMap { row in framed[(row + 1) * width + 1..<(row + 2) * width - 1] }
    }

    private static let frame: UInt8 = 0
    private static let paper: UInt8 = 1
    private static let inkKind: UInt8 = 2
}
