import DigitService
import Testing

@Suite("Splits")
struct SplitTests {
    @Test(
        "shares are described with as few decimals as they need",
        arguments: [
            ("0.8,0.1,0.1", "0.8,0.1,0.1"), ("0.800,.1,0.10", "0.8,0.1,0.1"), ("0.005,0.995", "0.005,0.995"),
            (".05,0.95", "0.05,0.95"),
        ])
    func description(text: String, shares: String) throws {
        let split = try #require(Split(text))
        #expect(split.description == shares && Split(shares) == split)
    }

    @Test(
        "what does not add up to 1 is no split",
        arguments: [
            "", "1", "1.0", "0.5,0.6", "0.5", "0.5,0.5,0.0", "0.5,0.25,0.125,0.125", "0.5,-0.5",
            "0.1234,0.8766",
        ])
    func malformed(text: String) { #expect(Split(text) == nil) }
}
