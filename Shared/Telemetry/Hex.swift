extension DefaultStringInterpolation {
    /// Lower-case hexadecimal digits, as many as the number's width has.
    mutating func appendInterpolation(hex number: some FixedWidthInteger & UnsignedInteger) {
        let digits = String(number, radix: 16)
        appendLiteral(String(repeating: "0", count: number.bitWidth / 4 - digits.count))
        appendLiteral(digits)
    }
}

extension Collection<UInt8> {
    /// The number that these lower-case hexadecimal digits write; nil if one is anything else, upper case included.
    func lowerCaseHex<Number: FixedWidthInteger & UnsignedInteger>(as: Number.Type) -> Number? {
        guard count == Number.bitWidth / 4 else { return nil }
        var number: Number = 0
        for byte in self {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | Number(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): number = number << 4 | Number(byte - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return number
    }
}
