/// Adds `row` to each row of a tensor seen as a matrix with `columns` columns.
package func addRow(
    _ row: UnsafePointer<Float>, to tensor: Tensor, columns: Int, parallel: Parallel
) {
    let target = tensor.pointer
    let rows = tensor.count / columns
    parallel.forEachPart(of: rows) { _, range in
        for index in range {
            let line = target + index * columns
            for column in 0..<columns { line[column] += row[column] }
        }
    }
}

/// Adds the sum of each column of a tensor, seen as a matrix with `columns` columns, to `sums`.
func addColumnSums(of tensor: Tensor, columns: Int, to sums: UnsafeMutablePointer<Float>, parallel: Parallel)
{
    let source = tensor.pointer
    let rows = tensor.count / columns
    let partial = Tensor(repeating: 0, shape: [parallel.threads, columns])
    parallel.forEachPart(of: rows) { part, range in
        let line = partial.pointer + part * columns
        for row in range {
            let entries = source + row * columns
            for column in 0..<columns { line[column] += entries[column] }
        }
    }
    for part in 0..<parallel.threads {
        let line = partial.pointer + part * columns
        for column in 0..<columns { sums[column] += line[column] }
    }
}
