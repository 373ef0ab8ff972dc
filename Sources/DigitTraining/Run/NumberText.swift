/// The number with a fixed count of decimals (0 to 9).
package func fixed(_ value: Double, digits: Int) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "\(value)" }
    var power = 1
    for _ in 0..<digits { power *= 10 }
    let scaled = Int((abs(value) * Double(power)).rounded())
    let fraction = String(scaled % power)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    if digits == 0 { return "\(sign)\(scaled)" }
    return "\(sign)\(scaled / power)." + String(repeating: "0", count: digits - fraction.count) + fraction
}

/// A share in per cent.
package func percent(_ share: Double, digits: Int = 0) -> String {
    fixed(share * 100, digits: digits) + " %"
}
