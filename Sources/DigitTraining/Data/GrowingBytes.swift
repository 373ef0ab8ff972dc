import DigitModel

/// Bytes of a number that is not known before: they grow as far as the system gives memory for them.
struct GrowingBytes {
    private(set) var bytes: [UInt8] = []

    /// Room for `count` bytes at first.
    ///
    /// - Throws: `OutOfMemory`.
    init(capacity count: Int) throws(OutOfMemory) {
        try reserve(count)
    }

    /// - Throws: `OutOfMemory`; then nothing is added.
    mutating func append(contentsOf more: some Collection<UInt8>) throws(OutOfMemory) {
        let needed = bytes.count + more.count
        if needed > bytes.capacity { try reserve(max(needed, 2 * bytes.capacity)) }
        bytes.append(contentsOf: more)
    }

    private mutating func reserve(_ count: Int) throws(OutOfMemory) {
        // What is there is copied, and small things are needed beside.
        guard FreeMemory.holds(count + 1 << 20) else { throw OutOfMemory() }
        bytes.reserveCapacity(count)
    }

    /// The system gives no more.
    struct OutOfMemory: Error {}
}
