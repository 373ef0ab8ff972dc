import DigitModel
import NeuralNetwork

/// Enlarges a field of side n to k · n by quadratic B-splines: the value at x is Σ field[i] · β(x − i), where β is the
/// piecewise quadratic B-spline on (−3/2, 3/2). The zero line of a field so enlarged has no corners: its positive side
/// looks like a pen's stroke at any size.
///
/// Target pixel j of an axis has its centre at (j + ½) / k − ½. Outside of the field its edge goes on.
package struct FieldEnlargement {
    /// As finishing enlarges a field.
    package static let finishing = FieldEnlargement(side: ImageSize.mnist.height, factor: 2)

    let side: Int
    let factor: Int
    package var enlargedSide: Int { side * factor }

    /// For each target pixel the three source pixels, and their weights, which add up to 1.
    private let sources: [(indices: (Int, Int, Int), weights: (Float, Float, Float))]

    init(side: Int, factor: Int) {
        self.side = side
        self.factor = factor
        sources = (0..<side * factor).map { target in
            let nearest = target / factor
            let offset = (Double(target % factor) + 0.5) / Double(factor) - 0.5
            let weights = (
                Float(0.5 * (0.5 - offset) * (0.5 - offset)), Float(0.75 - offset * offset),
                Float(0.5 * (0.5 + offset) * (0.5 + offset))
            )
            return ((max(nearest - 1, 0), nearest, min(nearest + 1, side - 1)), weights)
        }
    }

    /// `target` [k n, k n] ← the enlarged `field` [n, n]; `scratch` holds k n · n elements.
    func enlarge(
        _ field: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>,
        scratch: UnsafeMutablePointer<Float>
    ) {
        for row in 0..<enlargedSide {
            let (indices, weights) = sources[row]
            let lines = (field + indices.0 * side, field + indices.1 * side, field + indices.2 * side)
            for column in 0..<side {
                scratch[row * side + column] =
                    weights.0 * lines.0[column] + weights.1 * lines.1[column] + weights.2 * lines.2[column]
            }
        }
        for column in 0..<enlargedSide {
            let (indices, weights) = sources[column]
            for row in 0..<enlargedSide {
                let line = scratch + row * side
                target[row * enlargedSide + column] =
                    weights.0 * line[indices.0] + weights.1 * line[indices.1] + weights.2 * line[indices.2]
            }
        }
    }

    /// The enlarged fields [N, k n, k n] of fields [N, n · n].
    package func enlarged(_ fields: Tensor, parallel: Parallel) -> Tensor {
        let result = Tensor(uninitialized: [fields.batch, enlargedSide, enlargedSide])
        parallel.forEachPart(of: fields.batch) { _, range in
            let scratch = Tensor(uninitialized: [enlargedSide, side])
            for row in range {
                enlarge(
                    fields.pointer + row * fields.rowSize, into: result.pointer + row * result.rowSize,
                    scratch: scratch.pointer)
            }
        }
        return result
    }

    /// The adjoint: `field` [n, n] ← the gradient of the field for that of the enlarged one; `scratch` as above.
    func reduce(
        _ gradient: UnsafePointer<Float>, into field: UnsafeMutablePointer<Float>,
        scratch: UnsafeMutablePointer<Float>
    ) {
        scratch.update(repeating: 0, count: enlargedSide * side)
        for column in 0..<enlargedSide {
            let (indices, weights) = sources[column]
            for row in 0..<enlargedSide {
                let line = scratch + row * side
                let value = gradient[row * enlargedSide + column]
                line[indices.0] += weights.0 * value
                line[indices.1] += weights.1 * value
                line[indices.2] += weights.2 * value
            }
        }
        field.update(repeating: 0, count: side * side)
        for row in 0..<enlargedSide {
            let (indices, weights) = sources[row]
            let lines = (field + indices.0 * side, field + indices.1 * side, field + indices.2 * side)
            let source = scratch + row * side
            for column in 0..<side {
                lines.0[column] += weights.0 * source[column]
                lines.1[column] += weights.1 * source[column]
                lines.2[column] += weights.2 * source[column]
            }
        }
    }
}
