import DigitModel
import NeuralNetwork
import TrainingTestSupport

@testable import DigitTraining

/// MNIST's preprocessing of a field's ink in float64, written after the published description and for clarity, with the
/// matrices that it settles.
struct ReferenceInkFinishing {
    /// 28 × 28 levels, 0…255.
    let levels: [Double]
    /// The scanned field, [size, size].
    private let scanned: [[Double]]
    /// [size, 28]: the splines' weights at the scanned rows and columns.
    private let rowScan: [[Double]]
    private let columnScan: [[Double]]
    /// [20, size] over the bitmap's rows and columns.
    private let rowWeights: [[Double]]
    private let columnWeights: [[Double]]
    private let scale: Double
    private let top: Int
    private let left: Int

    /// - Parameters:
    ///   - field: [28, 28], ink where positive.
    ///   - enlarged: the same enlarged twice, [56, 56].
    /// - Returns: nil where there is no ink.
    init?(_ field: Tensor, enlarged: [Float], _ source: InkSource) {
        let side = 56
        let ys = (0..<side).filter { y in (0..<side).contains { enlarged[y * side + $0] > 0 } }
        let xs = (0..<side).filter { x in (0..<side).contains { enlarged[$0 * side + x] > 0 } }
        guard let firstY = ys.first, let lastY = ys.last, let firstX = xs.first, let lastX = xs.last else {
            return nil
        }
        let (height, width) = (lastY - firstY + 1, lastX - firstX + 1)
        let square = max(height, width)
        let count = enlarged.count { $0 > 0 }
        let size = source.size(area: InkSource.area(count: count, side: square))
        let rowScan = Self.scan(firstY - (square - height) / 2, square, size)
        let columnScan = Self.scan(firstX - (square - width) / 2, square, size)
        let scanned = rowScan.map { row in
            columnScan.map { column in
                guard row.contains(where: { $0 != 0 }), column.contains(where: { $0 != 0 }) else {
                    return -2.0
                }
                var sum = 0.0
                for y in 0..<28 where row[y] != 0 {
                    for x in 0..<28 { sum += row[y] * column[x] * Double(field.pointer[y * 28 + x]) }
                }
                return sum
            }
        }
        let inkYs = scanned.indices.filter { scanned[$0].contains { $0 > 0 } }
        let inkXs = scanned.indices.filter { x in scanned.contains { $0[x] > 0 } }
        guard let inkTop = inkYs.first, let inkBottom = inkYs.last, let inkLeft = inkXs.first,
            let inkRight = inkXs.last
        else { return nil }
        let (inkHeight, inkWidth) = (inkBottom - inkTop + 1, inkRight - inkLeft + 1)
        let m = max(inkHeight, inkWidth)
        let rowWeights = Self.weights(m, origin: inkTop - (m - inkHeight) / 2, size: size)
        let columnWeights = Self.weights(m, origin: inkLeft - (m - inkWidth) / 2, size: size)
        var g = [[Double]](repeating: [Double](repeating: 0, count: 20), count: 20)
        for i in 0..<20 {
            for l in 0..<20 {
                for y in 0..<size where rowWeights[i][y] != 0 {
                    for x in 0..<size where scanned[y][x] > 0 {
                        g[i][l] += rowWeights[i][y] * columnWeights[l][x]
                    }
                }
            }
        }
        let scale = 255 / (g.flatMap { $0 }.max() ?? 1)
        let rounding = source.roundsDown ? 0.001 : 0.5
        let most = source.isLowered(size: size) ? 254.0 : 255
        g = g.map { $0.map { min(($0 * scale + rounding).rounded(.down), most) } }
        let total = g.flatMap { $0 }.reduce(0, +)
        let rowMoment = (0..<20).reduce(0) { sum, i in sum + g[i].reduce(0, +) * (Double(i) + 0.5) }
        let columnMoment = (0..<20).reduce(0) { sum, l in
            sum + g.reduce(0) { $0 + $1[l] } * (Double(l) + 0.5)
        }
        let top = min(max(Int(15 - rowMoment / total), 0), 8)
        let left = min(max(Int(15 - columnMoment / total), 0), 8)
        var levels = [Double](repeating: 0, count: 784)
        for i in 0..<20 { for l in 0..<20 { levels[(top + i) * 28 + left + l] = g[i][l] } }
        (self.levels, self.scanned, self.rowScan, self.columnScan) = (levels, scanned, rowScan, columnScan)
        (self.rowWeights, self.columnWeights) = (rowWeights, columnWeights)
        (self.scale, self.top, self.left) = (scale, top, left)
    }

    /// The gradient of the field for that of the picture in −1…1: every other step is linear.
    func fieldGradient(of picture: Tensor) -> Tensor {
        let field = Tensor(repeating: 0, shape: [28 * 28])
        for y in scanned.indices {
            for x in scanned.indices where abs(scanned[y][x]) < 1 {
                var sum = 0.0
                for i in 0..<20 where rowWeights[i][y] != 0 {
                    for l in 0..<20 {
                        sum +=
                            Double(picture.pointer[(top + i) * 28 + left + l]) * rowWeights[i][y]
                            * columnWeights[l][x]
                    }
                }
                let gradient = sum * scale / 127.5 / 2
                for row in 0..<28 where rowScan[y][row] != 0 {
                    for column in 0..<28 {
                        field.pointer[row * 28 + column] += Float(
                            gradient * rowScan[y][row] * columnScan[x][column])
                    }
                }
            }
        }
        return field
    }

    /// The weights of the field's 28 pixels at each of `size` places of a square in halves of a pixel; none outside of
    /// the field.
    private static func scan(_ start: Int, _ square: Int, _ size: Int) -> [[Double]] {
        (0..<size).map { index in
            var weights = [Double](repeating: 0, count: 28)
            let place = Double(16 * start + (2 * index + 1) * square * 8 / size) / 32
            guard place >= 0, place < 28 else { return weights }
            let (pixel, t) = (Int(place), place - place.rounded(.down))
            weights[max(pixel - 1, 0)] += (1 - t) * (1 - t) / 2
            weights[pixel] += 0.5 + t * (1 - t)
            weights[min(pixel + 1, 27)] += t * t / 2
            return weights
        }
    }

    private static func weights(_ m: Int, origin: Int, size: Int) -> [[Double]] {
        var result = [[Double]](repeating: [Double](repeating: 0, count: size), count: 20)
        let s = 20 / Double(m)
        for i in 0..<m where (0..<size).contains(origin + i) {
            let begin = 10 + s * (Double(i) - Double(m) / 2)
            let end = begin + 0.99 * s
            for p in 0..<20 {
                let part = max(0, min(end, Double(p + 1)) - max(begin, Double(p)))
                let isInside = begin >= Double(p) - 1e-9 && end <= Double(p + 1) + 1e-9
                result[p][origin + i] = isInside ? s : part < 1e-9 ? 0 : part
            }
        }
        return result
    }
}

/// Fields that look a little like a digit: a bent stroke.
enum InkSamples {
    static func field(seed: UInt64) -> Tensor {
        var random = RandomSource(seed: seed)
        let field = Tensor(repeating: -1.2, shape: [1, 28, 28, 1])
        var (x, y) = (Float.random(in: 8..<20, using: &random), Float.random(in: 4..<12, using: &random))
        var angle = Float.random(in: 0..<6, using: &random)
        for _ in 0..<60 {
            angle += Float.random(in: -0.5..<0.5, using: &random)
            (x, y) = (min(max(x + cosine(angle), 3), 24), min(max(y + cosine(angle - 1.5708), 3), 24))
            for row in 0..<28 {
                for column in 0..<28 {
                    let (dx, dy) = (Float(column) - x, Float(row) - y)
                    let index = row * 28 + column
                    field.pointer[index] = max(field.pointer[index], 1.4 - 0.5 * (dx * dx + dy * dy))
                }
            }
        }
        return field
    }

    /// Three fields of a bar of ink, the second at an edge, on paper that is here and there nearly ink.
    static func smeared(seed: UInt64) -> Tensor {
        let fields = randomTensor([3, 28, 28, 1], seed: seed)
        for index in 0..<fields.count { fields.pointer[index] = -1 + 0.4 * fields.pointer[index] }
        for (row, left) in [12, 0, 20].enumerated() {
            for y in 5..<20 {
                for x in left..<left + 4 { fields.pointer[row * 784 + y * 28 + x] = 1 }
            }
        }
        return fields
    }

    /// Three fields of two bars of ink with a hairline gap between, a pinhole in one of them, and a speck.
    static func flawed() -> Tensor {
        let fields = Tensor(repeating: -1, shape: [3, 28, 28, 1])
        for row in 0..<3 {
            let place = 3 * row * 28 + 2 * row
            let origin = fields.pointer + row * 784 + place
            for y in 2..<14 {
                for x in 3..<13 where x != 7 { origin[y * 28 + x] = 1 }
            }
            origin[8 * 28 + 10] = -2
            origin[18 * 28 + 16] = 2
        }
        return fields
    }

    static func enlarged(_ field: Tensor) -> [Float] {
        // Named: a temporary would be freed before it is written to.
        let (target, scratch) = (Tensor(uninitialized: [56 * 56]), Tensor(uninitialized: [56 * 28]))
        withExtendedLifetime(scratch) {
            FieldEnlargement(side: 28, factor: 2).enlarge(
                field.pointer, into: target.pointer, scratch: scratch.pointer)
        }
        return target.elements
    }

    /// cos by its series, enough for a pen's path.
    private static func cosine(_ angle: Float) -> Float {
        let turn: Float = 6.2831853
        let x = angle - turn * (angle / turn).rounded()
        return 1 - x * x / 2 + x * x * x * x / 24 - x * x * x * x * x * x / 720
    }
}
