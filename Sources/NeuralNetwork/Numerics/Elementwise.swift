/// A function of one number, as a type: `Tensor.map` is specialized for each such type, with the function inlined into
/// its loop. A closure shared by several threads would be called for each element.
protocol ElementFunction {
    func callAsFunction(_ x: Float) -> Float
}

/// A function of two numbers, as a type: see `ElementFunction`.
protocol ElementPairFunction {
    func callAsFunction(_ x: Float, _ y: Float) -> Float
}

extension Tensor {
    /// Returns a tensor of `function(x)` for each element x.
    func map(_ function: some ElementFunction, _ parallel: Parallel) -> Tensor {
        let result = Tensor(uninitialized: shape)
        let (source, target) = (pointer, result.pointer)
        parallel.forEachElementRange(of: count) { range in
            for index in range { target[index] = function(source[index]) }
        }
        return result
    }

    /// Returns a tensor of `function(x, y)` for each element x and the element y of `other` in the same place; both
    /// have the same number of elements.
    func zip(_ other: Tensor, _ function: some ElementPairFunction, _ parallel: Parallel) -> Tensor {
        precondition(count == other.count)
        let result = Tensor(uninitialized: shape)
        let (left, right, target) = (pointer, other.pointer, result.pointer)
        parallel.forEachElementRange(of: count) { range in
            for index in range { target[index] = function(left[index], right[index]) }
        }
        return result
    }

    /// x ← x + y for each element x and the element y of `other` in the same place; both have the same number of
    /// elements.
    package func add(_ other: Tensor) {
        precondition(count == other.count)
        for index in 0..<count { pointer[index] += other.pointer[index] }
    }

    /// x + factor · y for each element x and the element y of `other` in the same place; both have the same number of
    /// elements.
    package func adding(_ other: Tensor, times factor: Float) -> Tensor {
        precondition(count == other.count)
        let result = Tensor(uninitialized: shape)
        for index in 0..<count { result.pointer[index] = pointer[index] + factor * other.pointer[index] }
        return result
    }
}

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
