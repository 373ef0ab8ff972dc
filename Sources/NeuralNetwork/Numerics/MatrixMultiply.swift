import CBLAS

/// A row-major matrix in memory that outlives the call it is passed to.
package struct MatrixView {
    let pointer: UnsafeMutablePointer<Float>
    /// Rows and columns as stored.
    let rows: Int
    let columns: Int
    /// Whether the operation takes the transpose.
    let isTransposed: Bool
    /// Elements from one stored row to the next.
    let stride: Int

    package init(_ pointer: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int? = nil) {
        self.init(pointer, rows: rows, columns: columns, stride: stride ?? columns, isTransposed: false)
    }

    private init(
        _ pointer: UnsafeMutablePointer<Float>, rows: Int, columns: Int, stride: Int, isTransposed: Bool
    ) {
        self.pointer = pointer
        self.rows = rows
        self.columns = columns
        self.stride = stride
        self.isTransposed = isTransposed
    }

    package var transposed: MatrixView {
        MatrixView(pointer, rows: rows, columns: columns, stride: stride, isTransposed: !isTransposed)
    }

    fileprivate var logicalRows: Int { isTransposed ? columns : rows }
    fileprivate var logicalColumns: Int { isTransposed ? rows : columns }

    /// The part of the matrix that gives `range` of the logical rows.
    func logicalRows(_ range: Range<Int>) -> MatrixView {
        isTransposed ? storedColumns(range) : storedRows(range)
    }

    /// The part of the matrix that gives `range` of the logical columns.
    fileprivate func logicalColumns(_ range: Range<Int>) -> MatrixView {
        isTransposed ? storedRows(range) : storedColumns(range)
    }

    private func storedRows(_ range: Range<Int>) -> MatrixView {
        MatrixView(
            pointer + range.lowerBound * stride, rows: range.count, columns: columns, stride: stride,
            isTransposed: isTransposed)
    }

    private func storedColumns(_ range: Range<Int>) -> MatrixView {
        MatrixView(
            pointer + range.lowerBound, rows: rows, columns: range.count, stride: stride,
            isTransposed: isTransposed)
    }
}

/// c ← a · b + beta · c, by the BLAS's `sgemm` on the calling thread.
package func multiply(_ a: MatrixView, _ b: MatrixView, into c: MatrixView, beta: Float = 0) {
    guard !c.isTransposed else { return multiply(b.transposed, a.transposed, into: c.transposed, beta: beta) }
    precondition(a.logicalColumns == b.logicalRows)
    precondition(c.rows == a.logicalRows && c.columns == b.logicalColumns)
    guard c.rows > 0, c.columns > 0 else { return }
    singleThreadedBLAS
    cblas_sgemm(
        CblasRowMajor, a.isTransposed ? CblasTrans : CblasNoTrans, b.isTransposed ? CblasTrans : CblasNoTrans,
        blasint(c.rows), blasint(c.columns), blasint(a.logicalColumns),
        1, a.pointer, blasint(a.stride), b.pointer, blasint(b.stride), beta, c.pointer, blasint(c.stride))
}

/// `multiply` with the longer side of c split over threads: the operand that is not split is packed by each of
/// them, and should be the smaller one.
package func multiply(
    _ a: MatrixView, _ b: MatrixView, into c: MatrixView, beta: Float = 0, parallel: Parallel
) {
    if c.rows >= c.columns {
        parallel.forEachPart(of: c.rows) { _, range in
            multiply(a.logicalRows(range), b, into: c.logicalRows(range), beta: beta)
        }
    } else {
        parallel.forEachPart(of: c.columns) { _, range in
            multiply(a, b.logicalColumns(range), into: c.logicalColumns(range), beta: beta)
        }
    }
}

/// Keeps the BLAS on the calling thread: the trainer splits its work itself, along the batch, which costs less
/// synchronization than splitting every product and gives the same result on every run.
let singleThreadedBLAS: Void = openblas_set_num_threads(1)
