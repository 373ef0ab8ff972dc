import CKernels

/// The field of a drawn digit, where the kernels left it: ink is where quadratic B-splines between its numbers are
/// positive.
package struct DrawnField {
    /// Numbers along a side.
    package static let side = InkField.side

    private let values: UnsafePointer<Int32>

    /// [side][DG_FIELD_STRIDE]
    init(_ values: UnsafePointer<Int32>) { self.values = values }

    /// Writes the numbers to `target`, [side][side], divided by a power of two so that they are below 2^`bits` in
    /// magnitude.
    package func copy(to target: UnsafeMutablePointer<Int16>, bits: Int) {
        precondition((1...15).contains(bits))
        var greatest: UInt32 = 0
        for row in 0..<Self.side {
            for column in 0..<Self.side {
                greatest |= values[row * Int(DG_FIELD_STRIDE) + column].magnitude
            }
        }
        let shift = max(0, UInt32.bitWidth - greatest.leadingZeroBitCount - bits)
        for row in 0..<Self.side {
            for column in 0..<Self.side {
                let value = values[row * Int(DG_FIELD_STRIDE) + column] >> Int32(shift)
                target[row * Self.side + column] = Int16(truncatingIfNeeded: max(value, 1 - 1 << Int32(bits)))
            }
        }
    }
}

extension DigitGenerator {
    /// Generates the fields of `keys`; the model must draw ink.
    ///
    /// - Parameters:
    ///   - threads: the number of threads to use; the fields do not depend on it.
    ///   - body: gets the index of a key and its field, on one of the threads.
    package func fields(
        _ keys: [ImageKey], threads: Int = 1, body: (_ index: Int, _ field: DrawnField) -> Void
    ) {
        plan.run(keys, threads: threads) { index, values in body(index, DrawnField(values)) }
    }
}
