import TestSupport
import Testing

@testable import DigitFields

@Suite("Patterns of fields")
struct FieldPatternTests {
    private func texts(_ pattern: String, seed: UInt64 = 1, count: Int = 500) throws -> [String] {
        let pattern = try FieldPattern(pattern)
        return (0..<count).map { pattern.text(seed: seed, index: $0).description }
    }

    @Test("a number sign is a digit, and other characters stand for themselves")
    func digits() throws {
        for text in try texts("(###) 5##-####") {
            #expect(text.contains(/^\([0-9]{3}\) 5[0-9]{2}-[0-9]{4}$/))
        }
        #expect(Set(try texts("#")).count == 10)
        for text in try texts("[1-35]#{2}\\-") { #expect(text.contains(/^[1235][0-9]{2}-$/)) }
    }

    @Test("a repetition gives every length")
    func repetitions() throws {
        let texts = try texts("#{1,3},###.##")
        for text in texts { #expect(text.contains(/^[0-9]{1,3},[0-9]{3}\.[0-9]{2}$/)) }
        #expect(Set(texts.map(\.count)) == [8, 9, 10])
        #expect(Set(try self.texts("7{2}-{0,1}")) == ["77", "77-"])
    }

    @Test("text i depends on the seed and on i alone")
    func function() throws {
        let pattern = try FieldPattern("#{3,8}")
        #expect(try texts("#{3,8}", count: 10) == Array(texts("#{3,8}", count: 20).prefix(10)))
        #expect(pattern.text(seed: 1, index: 5) != pattern.text(seed: 2, index: 5))
        #expect(pattern.text(seed: 9, index: (1 << 53) - 1) == pattern.text(seed: 9, index: (1 << 53) - 1))
        #expect(try FieldPattern(length: "3-8").text(seed: 1, index: 5) == pattern.text(seed: 1, index: 5))
    }

    @Test(
        "what cannot be read is named with its position",
        arguments: [
            ("##x", FieldError.PatternProblem.character("x"), 3), ("#{2", .repetition, 4),
            ("#{3,2}", .repetition, 6),
            ("#{,2}", .repetition, 5), ("#{0}", .repetition, 4), ("#{101}", .repetition, 6),
            ("#{99999}", .repetition, 7), ("#{-1}", .repetition, 3), ("{2}", .nothingToRepeat, 1),
            ("#{2}{2}", .nothingToRepeat, 5), ("#}", .character("}"), 2), (#"#\"#, .escape, 3),
            (#"\a"#, .escape, 2),
            ("[", .set, 2), ("[]", .set, 2), ("[1", .set, 3), ("[9-1]", .set, 4), ("[1-]", .set, 4),
            ("[a]", .set, 2),
            ("##é", .character("é"), 3),
        ])
    func malformed(_ pattern: String, _ problem: FieldError.PatternProblem, _ position: Int) {
        #expect(throws: FieldError.pattern(problem, position: position)) { try FieldPattern(pattern) }
    }

    @Test("a pattern gives texts of 1 to 100 characters")
    func bounds() throws {
        for pattern in ["", " ", "#{0,3}", " {2}#{0,1}"] {
            #expect(throws: FieldError.emptyPattern) { try FieldPattern(pattern) }
        }
        #expect(throws: FieldError.patternTooLong(101)) { try FieldPattern("#{60}-#{1,40}") }
        #expect(throws: FieldError.unknownPattern("zap", known: NamedPattern.allCases.map(\.rawValue))) {
            try FieldPattern("zap")
        }
        #expect(try FieldPattern(length: "5").text(seed: 1, index: 0).characters.count == 5)
        for length in ["", "0", "101", "8-3", "3-", "-3", "3-8-9", "+3", "x", "99999999999999999999"] {
            #expect(throws: FieldError.invalidLength(length)) { try FieldPattern(length: length) }
        }
    }

    @Test("random patterns either give texts or name a position in them")
    func random() {
        let alphabet = Array("##[]{},\\-0123 9(a")
        var random = SeededRandom(seed: 24)
        for _ in 0..<Rounds.count(2_000, full: 100_000) {
            let text = String(
                (0..<Int.random(in: 0...12, using: &random)).map { _ in
                    alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
                })
            do throws(FieldError) {
                let pattern = try FieldPattern(text)
                for index in 0..<5 { #expect(!pattern.text(seed: 1, index: index).characters.isEmpty) }
            } catch {
                guard case .pattern(_, let position) = error else { continue }
                #expect((1...text.count + 1).contains(position), "\(text)")
            }
        }
    }

    @Test("named patterns give what their names say", arguments: NamedPattern.allCases)
    func names(_ name: NamedPattern) throws {
        for text in try texts(name.rawValue, count: 300) {
            let digits = text.utf8.filter(\.isDigit).map { Int($0 - 48) }
            switch name {
            case .zip: #expect(text.contains(/^[0-9]{5}(-[0-9]{4})?$/))
            case .dateISO:
                #expect(text.contains(/^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/))
            case .dateUS:
                #expect(text.contains(/^(0?[1-9]|1[0-2])\/(0?[1-9]|[12][0-9]|3[01])\/([0-9]{2}|[0-9]{4})$/))
            case .amount: #expect(text.contains(/^([0-9]|[1-9][0-9]{0,2}(,[0-9]{3})*)\.[0-9]{2}$/))
            case .phoneUS:
                #expect(digits.suffix(10).count == 10 && digits.suffix(10).first.map { $0 >= 2 } == true)
            case .ibanDigits:
                let number = (digits.dropFirst(2) + [1, 3, 1, 4] + digits.prefix(2))
                #expect(digits.count == 20 && number.reduce(0) { ($0 * 10 + $1) % 97 } == 1)
            case .card:
                var sum = 0
                for (index, digit) in digits.reversed().enumerated() {
                    let value = index % 2 == 1 ? 2 * digit : digit
                    sum += value / 10 + value % 10
                }
                #expect(digits.count == 16 && sum % 10 == 0)
            case .isbn:
                var sum = 0
                for (index, digit) in digits.enumerated() { sum += index % 2 == 1 ? 3 * digit : digit }
                #expect(digits.count == 13 && sum % 10 == 0)
                #expect(text.contains(/^978-0-[0-9]+-[0-9]+-[0-9]$/))
            }
        }
    }

    @Test("check digits are those of well-known numbers")
    func checkDigits() {
        #expect(CheckDigits.luhn("7992739871") == "3")
        #expect(CheckDigits.isbn("978316148410") == "0")
        #expect(CheckDigits.iban("370400440532013000", country: "1314") == "89")
    }
}
