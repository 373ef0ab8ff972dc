import NeuralNetwork

@testable import DigitTraining

/// MNIST's preprocessing of a bitmap in float64, written after the published description and for clarity, with the
/// matrices that it settles.
struct ReferenceInkFinishing {
    /// 28 × 28 levels, 0…255.
    let levels: [Double]
    private let a: [Float]
    private let side: Int
    /// [20, side] over the bitmap's rows and columns.
    private let rowWeights: [[Double]]
    private let columnWeights: [[Double]]
    private let scale: Double
    private let top: Int
    private let left: Int

    /// - Parameter a: [side, side], ink where positive.
    /// - Returns: nil where there is no ink.
    init?(_ a: [Float], side: Int) {
        self.a = a
        self.side = side
        let ys = (0..<side).filter { y in (0..<side).contains { a[y * side + $0] > 0 } }
        let xs = (0..<side).filter { x in (0..<side).contains { a[$0 * side + x] > 0 } }
        guard let firstY = ys.first, let lastY = ys.last, let firstX = xs.first, let lastX = xs.last else {
            return nil
        }
        let (height, width) = (lastY - firstY + 1, lastX - firstX + 1)
        let m = max(height, width)
        rowWeights = ReferenceInkFinishing.weights(m, origin: firstY - (m - height) / 2, side: side)
        columnWeights = ReferenceInkFinishing.weights(m, origin: firstX - (m - width) / 2, side: side)
        var g = [[Double]](repeating: [Double](repeating: 0, count: 20), count: 20)
        for i in 0..<20 {
            for l in 0..<20 {
                for y in 0..<side where rowWeights[i][y] != 0 {
                    for x in 0..<side where a[y * side + x] > 0 {
                        g[i][l] += rowWeights[i][y] * columnWeights[l][x]
                    }
                }
            }
        }
        let scale = 255 / (g.flatMap { $0 }.max() ?? 1)
        self.scale = scale
        g = g.map { $0.map { ($0 * scale + 0.5).rounded(.down) } }
        let total = g.flatMap { $0 }.reduce(0, +)
        let rowMoment = (0..<20).reduce(0) { sum, i in sum + g[i].reduce(0, +) * (Double(i) + 0.5) }
        let columnMoment = (0..<20).reduce(0) { sum, l in
            sum + g.reduce(0) { $0 + $1[l] } * (Double(l) + 0.5)
        }
        top = min(max(Int(15 - rowMoment / total), 0), 8)
        left = min(max(Int(15 - columnMoment / total), 0), 8)
        var levels = [Double](repeating: 0, count: 784)
        for i in 0..<20 { for l in 0..<20 { levels[(top + i) * 28 + left + l] = g[i][l] } }
        self.levels = levels
    }

    /// The gradient of a 28 × 28 field, enlarged twice, for that of the picture in −1…1: every other step is linear.
    func fieldGradient(of picture: Tensor) -> Tensor {
        let inkGradient = Tensor(repeating: 0, shape: [side * side])
        for y in 0..<side {
            for x in 0..<side where abs(a[y * side + x]) < 1 {
                var sum = 0.0
                for i in 0..<20 where rowWeights[i][y] != 0 {
                    for l in 0..<20 {
                        sum +=
                            Double(picture.pointer[(top + i) * 28 + left + l]) * rowWeights[i][y]
                            * columnWeights[l][x]
                    }
                }
                inkGradient.pointer[y * side + x] = Float(sum * scale / 127.5 / 2)
            }
        }
        let field = Tensor(uninitialized: [28 * 28])
        FieldEnlargement(side: 28, factor: 2).reduce(
            inkGradient.pointer, into: field.pointer, scratch: Tensor(uninitialized: [56 * 28]).pointer)
        return field
    }

    private static func weights(_ m: Int, origin: Int, side: Int) -> [[Double]] {
        var result = [[Double]](repeating: [Double](repeating: 0, count: side), count: 20)
        let s = 20 / Double(m)
        for i in 0..<m where (0..<side).contains(origin + i) {
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

    static func enlarged(_ field: Tensor) -> [Float] {
        let target = Tensor(uninitialized: [56 * 56])
        FieldEnlargement(side: 28, factor: 2).enlarge(
            field.pointer, into: target.pointer, scratch: Tensor(uninitialized: [56 * 28]).pointer)
        return target.elements
    }

    /// cos by its series, enough for a pen's path.
    private static func cosine(_ angle: Float) -> Float {
        let turn: Float = 6.2831853
        let x = angle - turn * (angle / turn).rounded()
        return 1 - x * x / 2 + x * x * x * x / 24 - x * x * x * x * x * x / 720
    }
}
