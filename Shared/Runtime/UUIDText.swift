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
        guard utf8.count == Self.textCount else { return nil }
        var halves: (high: UInt64, low: UInt64) = (0, 0)
        var digits = 0
        for position in 0..<Self.textCount {
            let byte = utf8[position]
            if Self.isHyphen(position) {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let value = Self.value(ofHex: byte) else { return nil }
            if digits < 16 { halves.high = halves.high << 4 | value } else { halves.low = halves.low << 4 | value }
            digits += 1
        }
        self.init(bytes: halves.high, halves.low)
    }

    /// The usual text in lower case (RFC 9562 section 4 writes lower case).
    public var text: String {
        withUnsafeBytes(of: uuid) { bytes in
            String(unsafeUninitializedCapacity: Self.textCount) { utf8 in
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
                return position
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

    private static func value(ofHex byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - 48)
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - 87)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - 55)
        default: nil
        }
    }
}
