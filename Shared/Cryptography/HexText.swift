/// Bytes as lower-case hexadecimal text, the form in which hashes stand in files, headers and logs.
extension [UInt8] {
    /// Two lower-case digits a byte.
    public var hexText: String {
        String(unsafeUninitializedCapacity: count * 2) { text in
            for (index, byte) in enumerated() {
                text[index * 2] = digit(byte >> 4)
                text[index * 2 + 1] = digit(byte & 15)
            }
            return count * 2
        }
    }

    /// The bytes of hexadecimal text; nil for an odd count or anything but digits and a–f. Upper case is refused too,
    /// so that a hash has one text and texts may be compared.
    public init?(hexText: some StringProtocol) {
        let text = Array(hexText.utf8)
        guard text.count.isMultiple(of: 2) else { return nil }
        self.init()
        reserveCapacity(text.count / 2)
        for index in stride(from: 0, to: text.count, by: 2) {
            guard let high = nibble(text[index]), let low = nibble(text[index + 1]) else { return nil }
            append(high << 4 | low)
        }
    }
}

private func digit(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
}

private func nibble(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
}
