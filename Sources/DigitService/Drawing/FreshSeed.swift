/// Seeds where nobody gives one.
package enum FreshSeed {
    /// A seed from the system. It is below 2^53, so that programs which read numbers as doubles keep it whole.
    package static func draw() -> UInt64 { UInt64.random(in: 0..<1 << 53) }
}
