import TestSupport
import Testing

@testable import DigitModel

@Suite("Even forms")
struct EvenFormsTests {
    @Test("every candidate of a digit is drawn, each about as often, and no other")
    func draws() {
        var random = SeededRandom(seed: 91)
        let (three, eight) = ([0, 63, 64, 4_095, 8_191], [7])
        let forms = EvenForms([three, eight], digits: [3, 8])
        var counts: [Int: Int] = [:]
        for _ in 0..<5_000 {
            guard let candidate = forms.candidate(ofDigit: 3, random.next()) else { continue }
            counts[candidate, default: 0] += 1
        }
        #expect(counts.keys.sorted() == three)
        #expect(counts.values.allSatisfy { (850...1_150).contains($0) }, "seed 91")
        #expect([0, UInt32.max].map { forms.candidate(ofDigit: 3, $0) } == [0, 8_191])
        #expect(forms.candidate(ofDigit: 8, 12_345) == 7)
        #expect(forms.candidate(ofDigit: 5, 0) == nil)
    }

    @Test("their text gives the same forms")
    func text() {
        var random = SeededRandom(seed: 92)
        let candidates = (0..<3).map { _ in
            (0..<EvenForms.candidateCount).filter { $0 == 9 || Int.random(in: 0..<4, using: &random) == 0 }
        }
        let forms = EvenForms(candidates, digits: [0, 4, 9])
        #expect(EvenForms(forms.text, digits: [0, 4, 9]) == forms, "seed 92")
        #expect(EvenForms([[0, 5]], digits: [1]).text == "12" + String(repeating: "0", count: 2_046))
    }
}
