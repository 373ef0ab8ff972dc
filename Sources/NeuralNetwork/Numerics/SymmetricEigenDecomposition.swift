/// Eigenvalues and eigenvectors of a real symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan,
/// Matrix Computations, section 8.5): slow next to LAPACK, exact to rounding, and small.
package struct SymmetricEigenDecomposition {
    /// In no particular order.
    package let values: [Double]
    /// Row-major; column j is the unit eigenvector of `values[j]`.
    package let vectors: [Double]

    /// - Parameter matrix: size × size, row-major and symmetric.
    package init(_ matrix: [Double], size: Int) {
        precondition(matrix.count == size * size)
        var a = matrix
        var v = [Double](repeating: 0, count: size * size)
        for index in 0..<size { v[index * size + index] = 1 }
        let scale = a.reduce(0) { $0 + $1 * $1 }
        for _ in 0..<64 {
            var offDiagonal = 0.0
            for row in 0..<size {
                for column in row + 1..<max(size, row + 1) {
                    offDiagonal += a[row * size + column] * a[row * size + column]
                }
            }
            if offDiagonal <= 1e-26 * scale { break }
            SymmetricEigenDecomposition.sweep(&a, &v, size)
        }
        values = (0..<size).map { a[$0 * size + $0] }
        vectors = v
    }

    private static func sweep(_ a: inout [Double], _ v: inout [Double], _ size: Int) {
        for p in 0..<size {
            for q in p + 1..<max(size, p + 1) {
                let pivot = a[p * size + q]
                guard pivot != 0 else { continue }
                let theta = (a[q * size + q] - a[p * size + p]) / (2 * pivot)
                let tangent = (theta >= 0 ? 1 : -1) / (abs(theta) + (theta * theta + 1).squareRoot())
                let cosine = 1 / (tangent * tangent + 1).squareRoot()
                rotate(&a, &v, size, p, q, cosine, tangent * cosine)
            }
        }
    }

    private static func rotate(
        _ a: inout [Double], _ v: inout [Double], _ size: Int, _ p: Int, _ q: Int, _ cosine: Double,
        _ sine: Double
    ) {
        for index in 0..<size {
            let (left, right) = (a[index * size + p], a[index * size + q])
            a[index * size + p] = cosine * left - sine * right
            a[index * size + q] = sine * left + cosine * right
        }
        for index in 0..<size {
            let (left, right) = (a[p * size + index], a[q * size + index])
            a[p * size + index] = cosine * left - sine * right
            a[q * size + index] = sine * left + cosine * right
            let (first, second) = (v[index * size + p], v[index * size + q])
            v[index * size + p] = cosine * first - sine * second
            v[index * size + q] = sine * first + cosine * second
        }
    }
}
