public import Foundation

extension UUID {
    /// Reads the usual text in either case (RFC 9562 section 4); nil for anything else.
    ///
    /// Foundation reads it with `sscanf` and writes upper case only; every record has a dozen of them.
    public init?(text: String) {
        var text = text
        guard let uuid = text.withUTF8(UUID.init(utf8:)) else { return nil }
        self = uuid
    }

    /// The same from the text's UTF-8.
    public init?(utf8: UnsafeBufferPointer<UInt8>) {
        let hyphen = UInt8(ascii: "-")
        guard utf8.count == Self.textCount, utf8[8] == hyphen, utf8[13] == hyphen, utf8[18] == hyphen,
            utf8[23] == hyphen
        else { return nil }
        // Whether a digit is a letter can't be foretold: being told at the end if all were good costs no branch.
        var bad: UInt8 = 0
        func number(_ start: Int, _ count: Int) -> UInt64 {
            var number: UInt64 = 0
            for position in start..<start + count {
                let (value, isDigit) = Self.value(ofHex: utf8[position])
                number = number << 4 | UInt64(value)
                bad |= isDigit ? 0 : 1
            }
            return number
        }
        let high = number(0, 8) << 32 | number(9, 4) << 16 | number(14, 4)
        let low = number(19, 4) << 48 | number(24, 12)
        guard bad == 0 else { return nil }
        self.init(bytes: high, low)
    }

    /// The usual text in lower case (RFC 9562 section 4 writes lower case).
    public var text: String {
        String(unsafeUninitializedCapacity: Self.textCount) { utf8 in
            write(to: utf8)
            return Self.textCount
        }
    }

    /// Appends the same text.
    public func writeText(to bytes: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.textCount) { utf8 in
            write(to: utf8)
            bytes.append(contentsOf: utf8)
        }
    }

    /// - Parameter utf8: room for the text.
    private func write(to utf8: UnsafeMutableBufferPointer<UInt8>) {
        withUnsafeBytes(of: uuid) { bytes in
            var position = 0
            for byte in bytes {
                if Self.isHyphen(position) {
                    utf8[position] = UInt8(ascii: "-")
                    position += 1
                }
                utf8[position] = Self.hex(byte >> 4)
                utf8[position + 1] = Self.hex(byte & 15)
                position += 2
            }
        }
    }

    /// The bytes of two numbers, most significant first.
    init(bytes high: UInt64, _ low: UInt64) {
        func byte(_ number: UInt64, _ place: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: number >> (56 - 8 * place)) }
        self.init(
            uuid: (
                byte(high, 0), byte(high, 1), byte(high, 2), byte(high, 3), byte(high, 4), byte(high, 5), byte(high, 6),
                byte(high, 7), byte(low, 0), byte(low, 1), byte(low, 2), byte(low, 3), byte(low, 4), byte(low, 5),
                byte(low, 6), byte(low, 7)
            ))
    }

    private static let textCount = 36

    private static func isHyphen(_ position: Int) -> Bool {
        position == 8 || position == 13 || position == 18 || position == 23
    }

    private static func hex(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }

    /// The value of a digit in either case, and whether it is one.
    private static func value(ofHex byte: UInt8) -> (value: UInt8, isDigit: Bool) {
        let number = byte &- UInt8(ascii: "0")
        let letter = (byte | 0x20) &- UInt8(ascii: "a")
        return (number < 10 ? number : letter &+ 10, number < 10 || letter < 6)
    }
}
