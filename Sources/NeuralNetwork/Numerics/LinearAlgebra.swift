import CBLAS
import CTraining

/// A row-major matrix in the memory of a tensor, which it keeps alive.
package struct MatrixView {
    private let tensor: Tensor
    /// The place of the first element in the tensor.
    private let offset: Int
    /// The rows and columns as stored.
    private let storedRows: Int
    private let storedColumns: Int
    /// The number of elements from one stored row to the next.
    private let stride: Int
    /// True if the matrix is the transpose of what is stored.
    fileprivate let isTransposed: Bool

    /// A view of the tensor's elements from `offset` on.
    package init(_ tensor: Tensor, from offset: Int = 0, rows: Int, columns: Int, stride: Int? = nil) {
        self.init(
            tensor, from: offset, rows: rows, columns: columns, stride: stride ?? columns, isTransposed: false
        )
    }

    /// A view of the whole tensor with a row for each entry of the batch.
    package init(_ tensor: Tensor) {
        self.init(tensor, rows: tensor.batch, columns: tensor.rowSize)
    }

    private init(
        _ tensor: Tensor, from offset: Int, rows: Int, columns: Int, stride: Int, isTransposed: Bool
    ) {
        precondition(offset >= 0 && rows >= 0 && columns >= 0 && stride >= columns)
        precondition(
            rows == 0 || offset + (rows - 1) * stride + columns <= tensor.count,
            "\(rows) × \(columns) elements from \(offset) on exceed the shape \(tensor.shape)")
        self.tensor = tensor
        self.offset = offset
        storedRows = rows
        storedColumns = columns
        self.stride = stride
        self.isTransposed = isTransposed
    }

    package var transposed: MatrixView {
        MatrixView(
            tensor, from: offset, rows: storedRows, columns: storedColumns, stride: stride,
            isTransposed: !isTransposed)
    }

    fileprivate var rows: Int { isTransposed ? storedColumns : storedRows }
    fileprivate var columns: Int { isTransposed ? storedRows : storedColumns }

    /// A part of the rows.
    func rows(_ range: Range<Int>) -> MatrixView {
        guard !isTransposed else { return transposed.columns(range).transposed }
        precondition(range.lowerBound >= 0 && range.upperBound <= storedRows)
        return MatrixView(
            tensor, from: offset + range.lowerBound * stride, rows: range.count, columns: storedColumns,
            stride: stride, isTransposed: false)
    }

    /// A part of the columns.
    fileprivate func columns(_ range: Range<Int>) -> MatrixView {
        guard !isTransposed else { return transposed.rows(range).transposed }
        precondition(range.lowerBound >= 0 && range.upperBound <= storedColumns)
        return MatrixView(
            tensor, from: offset + range.lowerBound, rows: storedRows, columns: range.count, stride: stride,
            isTransposed: false)
    }

    /// Calls `body` with what the BLAS takes of a matrix; its memory stays valid during the call.
    fileprivate func withElements(
        _ body: (_ elements: UnsafeMutablePointer<Float>, _ stride: blasint, _ transpose: CBLAS_TRANSPOSE) ->
            Void
    ) {
        withExtendedLifetime(tensor) {
            body(tensor.pointer + offset, blasint(stride), isTransposed ? CblasTrans : CblasNoTrans)
        }
    }

    /// The same for a product in bfloat16.
    fileprivate func withMatrix(_ body: (dg_matrix) -> Void) {
        withExtendedLifetime(tensor) {
            body(dg_matrix(elements: tensor.pointer + offset, stride: stride, is_transposed: isTransposed))
        }
    }
}

/// c ← a · b + beta · c on the calling thread, in float32 by the BLAS's `sgemm`.
package func multiply(
    _ a: MatrixView, _ b: MatrixView, into c: MatrixView, beta: Float = 0, precision: Precision = .float32
) {
    guard !c.isTransposed else {
        return multiply(b.transposed, a.transposed, into: c.transposed, beta: beta, precision: precision)
    }
    precondition(a.columns == b.rows && c.rows == a.rows && c.columns == b.columns)
    guard c.rows > 0, c.columns > 0 else { return }
    switch precision {
    case .bfloat16 where a.columns > 0: multiplyBFloat16(a, b, into: c, beta: beta)
    case .float32, .bfloat16: multiplyFloat32(a, b, into: c, beta: beta)
    }
}

private func multiplyBFloat16(_ a: MatrixView, _ b: MatrixView, into c: MatrixView, beta: Float) {
    precondition(Precision.bfloat16.isAvailable)
    let workspace = Tensor(uninitialized: [dg_bfloat16_workspace() / MemoryLayout<Float>.size])
    a.withMatrix { left in
        b.withMatrix { right in
            c.withElements { target, targetStride, _ in
                dg_multiply_bfloat16(
                    c.rows, c.columns, a.columns, left, right, beta, target, Int(targetStride),
                    workspace.pointer)
            }
        }
    }
}

private func multiplyFloat32(_ a: MatrixView, _ b: MatrixView, into c: MatrixView, beta: Float) {
    singleThreadedBLAS
    a.withElements { left, leftStride, leftTranspose in
        b.withElements { right, rightStride, rightTranspose in
            c.withElements { target, targetStride, _ in
                cblas_sgemm(
                    CblasRowMajor, leftTranspose, rightTranspose, blasint(c.rows), blasint(c.columns),
                    blasint(a.columns), 1, left, leftStride, right, rightStride, beta, target, targetStride)
            }
        }
    }
}

/// `multiply` in the precision of `parallel`, with the longer side of c split over threads: the operand that is not
/// split is packed by each of them, and should be the smaller one.
package func multiply(
    _ a: MatrixView, _ b: MatrixView, into c: MatrixView, beta: Float = 0, parallel: Parallel
) {
    if c.rows >= c.columns {
        parallel.forEachPart(of: c.rows) { _, range in
            multiply(a.rows(range), b, into: c.rows(range), beta: beta, precision: parallel.precision)
        }
    } else {
        parallel.forEachPart(of: c.columns) { _, range in
            multiply(a, b.columns(range), into: c.columns(range), beta: beta, precision: parallel.precision)
        }
    }
}

/// The eigenvalues and eigenvectors of a real symmetric matrix, by LAPACK's `dsyevd`.
package struct SymmetricEigenDecomposition {
    /// The eigenvalues in ascending order.
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

/// Keeps the BLAS on the calling thread: the trainer splits its work itself, along the batch, which costs less
/// synchronization than splitting every product and gives the same result on every run.
private let singleThreadedBLAS: Void = openblas_set_num_threads(1)
