import CKernels

/// The field of a drawn digit, where the kernels left it: ink is where quadratic B-splines between its numbers are
/// positive.
package struct DrawnField {
    /// Numbers along a side.
    package static let side = InkField.side

    /// [side][DG_FIELD_STRIDE]
    package let values: UnsafePointer<Int32>
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
        plan.run(settled(keys, threads: threads), threads: threads) { index, values in
            body(index, DrawnField(values: values))
        }
    }
}
