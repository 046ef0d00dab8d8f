/// The check digit of Swedish numbers: of a person's last ten digits and of an organisation's (Luhn, ISO/IEC 7812-1).
enum CheckDigit {
    /// Whether ten digits agree with their last.
    static func holds(_ digits: some Collection<UInt8>) -> Bool {
        guard digits.count == 10, digits.allSatisfy(\.isDigit) else { return false }
        var sum = 0
        for (place, digit) in digits.enumerated() {
            let doubled = Int(digit - UInt8(ascii: "0")) * (place.isMultiple(of: 2) ? 2 : 1)
            sum += doubled / 10 + doubled % 10
        }
        return sum.isMultiple(of: 10)
    }
}
