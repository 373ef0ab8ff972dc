/// The patterns that have a name, for numbers whose digits are not all free.
enum NamedPattern: String, CaseIterable, Sendable {
    /// A ZIP code of five digits, one in five with four more: 90210, 90210-1234.
    case zip
    /// A day from 1900 to 2099: 2026-02-28.
    case dateISO = "date-iso"
    /// The same as Americans write it, with two or four digits of the year, with or without zeros: 2/28/2026.
    case dateUS = "date-us"
    /// An amount of money below ten million, with cents: 1,204.00.
    case amount
    /// An American telephone number in one of four forms: (555) 234-5678.
    case phoneUS = "phone-us"
    /// The digits of a German IBAN, with their check digits, in groups of four.
    case ibanDigits = "iban-digits"
    /// The number of a payment card, with its check digit (Luhn), in groups of four.
    case card
    /// An ISBN of 13 digits of the English-language group 0, with its check digit, and hyphens where they belong.
    case isbn

    /// The characters of a random text.
    func characters(_ random: inout RandomStream) -> [UInt8] {
        let text =
            switch self {
            case .zip: zip(&random)
            case .dateISO: isoDate(&random)
            case .dateUS: americanDate(&random)
            case .amount: amount(&random)
            case .phoneUS: phone(&random)
            case .ibanDigits: iban(&random)
            case .card: card(&random)
            case .isbn: isbn(&random)
            }
        return Array(text.utf8)
    }

    private func zip(_ random: inout RandomStream) -> String {
        let code = random.digits(5)
        return random.within(1...5) == 1 ? "\(code)-\(random.digits(4))" : code
    }

    private func day(_ random: inout RandomStream) -> (year: Int, month: Int, day: Int) {
        let (year, month) = (random.within(1900...2099), random.within(1...12))
        let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        return (year, month, random.within(1...days))
    }

    private func isoDate(_ random: inout RandomStream) -> String {
        let date = day(&random)
        return "\(date.year)-\(padded(date.month))-\(padded(date.day))"
    }

    private func americanDate(_ random: inout RandomStream) -> String {
        let date = day(&random)
        let hasZeros = random.within(0...1) == 0
        let year = random.within(0...2) == 0 ? padded(date.year % 100) : "\(date.year)"
        return (hasZeros ? padded(date.month) : "\(date.month)") + "/"
            + (hasZeros ? padded(date.day) : "\(date.day)") + "/" + year
    }

    private func amount(_ random: inout RandomStream) -> String {
        let length = random.within(1...7)
        let whole = Array((length == 1 ? "" : "\(random.within(1...9))") + random.digits(max(length - 1, 1)))
        var text = ""
        for (index, digit) in whole.enumerated() {
            if index > 0, (whole.count - index).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return "\(text).\(random.digits(2))"
    }

    private func phone(_ random: inout RandomStream) -> String {
        let area = "\(random.within(2...9))\(random.digits(2))"
        let exchange = "\(random.within(2...9))\(random.digits(2))"
        let line = random.digits(4)
        return switch random.within(0...3) {
        case 0: "(\(area)) \(exchange)-\(line)"
        case 1: "\(area)-\(exchange)-\(line)"
        case 2: "\(area).\(exchange).\(line)"
        default: "+1 \(area) \(exchange) \(line)"
        }
    }

    private func iban(_ random: inout RandomStream) -> String {
        let account = random.digits(18)
        return grouped(CheckDigits.iban(account, country: "1314") + account)
    }

    private func card(_ random: inout RandomStream) -> String {
        let isFour = random.within(0...1) == 0
        let number = (isFour ? "4" : "5\(random.within(1...5))") + random.digits(isFour ? 14 : 13)
        return grouped(number + CheckDigits.luhn(number))
    }

    private func isbn(_ random: inout RandomStream) -> String {
        // The ranges of publishers in group 0, by the number of their digits (International ISBN Agency).
        let ranges = [0...19, 200...227, 2290...2299, 7000...8499, 85000...89999, 950_0000...999_9999]
        let lengths = [2, 3, 4, 4, 5, 7]
        let kind = random.within(0...ranges.count - 1)
        let publisher = padded(random.within(ranges[kind]), to: lengths[kind])
        let title = random.digits(8 - lengths[kind])
        return "978-0-\(publisher)-\(title)-" + CheckDigits.isbn("9780\(publisher)\(title)")
    }

    private func grouped(_ digits: String) -> String {
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, index.isMultiple(of: 4) { text += " " }
            text.append(digit)
        }
        return text
    }

    private func padded(_ number: Int, to length: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(length - digits.utf8.count, 0)) + digits
    }
}

/// Check digits of numbers in decimal digits.
enum CheckDigits {
    /// The last digit of a card's number (ISO/IEC 7812-1, Luhn's formula).
    static func luhn(_ digits: String) -> String {
        var sum = 0
        for (index, digit) in digits.utf8.reversed().enumerated() {
            let value = Int(digit - UInt8(ascii: "0")) * (index.isMultiple(of: 2) ? 2 : 1)
            sum += value / 10 + value % 10
        }
        return "\((10 - sum % 10) % 10)"
    }

    /// The last digit of an ISBN of 13 digits (ISO 2108).
    static func isbn(_ digits: String) -> String {
        var sum = 0
        for (index, digit) in digits.utf8.enumerated() {
            sum += Int(digit - UInt8(ascii: "0")) * (index.isMultiple(of: 2) ? 1 : 3)
        }
        return "\((10 - sum % 10) % 10)"
    }

    /// The two digits behind the country of an IBAN (ISO 13616, ISO/IEC 7064 MOD 97-10), whose letters are numbers
    /// here: A is 10.
    static func iban(_ account: String, country: String) -> String {
        let rest = "\(account)\(country)00".utf8.reduce(0) { ($0 * 10 + Int($1 - UInt8(ascii: "0"))) % 97 }
        let check = 98 - rest
        return check < 10 ? "0\(check)" : "\(check)"
    }
}

extension RandomStream {
    /// Random digits.
    mutating func digits(_ count: Int) -> String {
        String(decoding: (0..<count).map { _ in UInt8(ascii: "0") + UInt8(within(0...9)) }, as: UTF8.self)
    }
}
