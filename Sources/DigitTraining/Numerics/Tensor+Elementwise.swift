/// Functions of each element. On one thread the closures are inlined; split over several they are called for each
/// element, which costs where the function itself is cheap: see `Rectifier`.
extension Tensor {
    /// A tensor of `function(x)` for each element x.
    @inline(__always)
    func map(_ parallel: Parallel, _ function: (Float) -> Float) -> Tensor {
        let result = Tensor(uninitialized: shape)
        let (source, target) = (pointer, result.pointer)
        parallel.forEachElementRange(of: count) { range in
            for index in range { target[index] = function(source[index]) }
        }
        return result
    }

    /// A tensor of `function(x, y)` for each element x and the element y of `other` in its place; `other` has as many
    /// elements.
    @inline(__always)
    func zip(_ other: Tensor, _ parallel: Parallel, _ function: (Float, Float) -> Float) -> Tensor {
        let result = Tensor(uninitialized: shape)
        let (left, right, target) = (pointer, other.pointer, result.pointer)
        parallel.forEachElementRange(of: count) { range in
            for index in range { target[index] = function(left[index], right[index]) }
        }
        return result
    }

    /// x ← x + y for each element x and the element y of `other` in its place; `other` has as many elements.
    func add(_ other: Tensor) {
        precondition(count == other.count)
        for index in 0..<count { pointer[index] += other.pointer[index] }
    }
}
