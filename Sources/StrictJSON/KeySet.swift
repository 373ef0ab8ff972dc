/// The keys an object has had so far, compared byte by byte.
///
/// A few keys are compared with each member; from `threshold` on a hash set takes over, so that an object of
/// a hundred thousand keys does not take quadratic time.
struct KeySet {
    private static let threshold = 16
    private var hashed: Set<Key> = []

    /// Adds the key; false if one of the members has it already.
    mutating func insert(_ key: String, besides members: [JSONObject.Member]) -> Bool {
        if members.count < Self.threshold {
            return !members.contains { haveSameBytes($0.key, key) }
        }
        if hashed.isEmpty {
            hashed = Set(members.map { Key(text: $0.key) })
        }
        return hashed.insert(Key(text: key)).inserted
    }

    private struct Key: Hashable {
        let text: String

        static func == (left: Key, right: Key) -> Bool {
            haveSameBytes(left.text, right.text)
        }

        func hash(into hasher: inout Hasher) {
            var text = text
            text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        }
    }
}
