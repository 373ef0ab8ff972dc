import CBLAS

/// The eigenvalues and eigenvectors of a real symmetric matrix, by LAPACK's `dsyevd`.
package struct SymmetricEigenDecomposition {
    /// In ascending order.
    package let values: [Double]
    /// Row-major; column j is the unit eigenvector of `values[j]`.
    package let vectors: [Double]

    /// Nil where an element is not finite or the algorithm does not converge.
    ///
    /// - Parameter matrix: size × size, row-major and symmetric; what is below the diagonal is not read.
    package init?(_ matrix: [Double], size: Int) {
        precondition(matrix.count == size * size && size > 0)
        guard matrix.allSatisfy(\.isFinite) else { return nil }
        // LAPACK stores a matrix by columns: its lower triangle is the upper one here.
        var columns = matrix
        var values = [Double](repeating: 0, count: size)
        // The least that its documentation asks for.
        var work = [Double](repeating: 0, count: 1 + 6 * size + 2 * size * size)
        var integers = [blasint](repeating: 0, count: 3 + 5 * size)
        let (order, workCount, integerCount) = (
            [blasint(size)], [blasint(work.count)], [blasint(integers.count)]
        )
        var info: blasint = 0
        singleThreadedBLAS
        dsyevd_(
            "V", "L", order, &columns, order, &values, &work, workCount, &integers, integerCount, &info, 1, 1)
        precondition(info >= 0, "dsyevd: argument \(-info) is invalid")
        guard info == 0 else { return nil }
        self.values = values
        vectors = (0..<size * size).map { columns[$0 % size * size + $0 / size] }
    }
}
