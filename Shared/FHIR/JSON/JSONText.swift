/// The text of strings and names, once the parser has found their grammar right.
enum JSONText {
    /// The UTF-8 of `bytes[start..<end]` with its escape sequences resolved.
    static func unescaped(_ bytes: [UInt8], _ start: Int, _ end: Int) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(end - start)
        var position = start
        while position < end {
            guard bytes[position] == UInt8(ascii: "\\") else {
                text.append(bytes[position])
                position += 1
                continue
            }
            let letter = bytes[position + 1]
            position += 2
            guard letter == UInt8(ascii: "u") else {
                text.append(character(of: letter))
                continue
            }
            var scalar = codeUnit(bytes, position)
            position += 4
            if 0xD800...0xDBFF ~= scalar {
                scalar = 0x10000 + (scalar - 0xD800) << 10 + (codeUnit(bytes, position + 2) - 0xDC00)
                position += 6
            }
            if let scalar = Unicode.Scalar(scalar) { text.append(contentsOf: UTF8.encode(scalar) ?? .init()) }
        }
        return text
    }

    /// Whether two names are the same text, whatever way each is escaped.
    static func areEqual(_ first: JSONNode, _ second: JSONNode, in bytes: [UInt8]) -> Bool {
        if first.hasEscapes || second.hasEscapes { return utf8(first, in: bytes) == utf8(second, in: bytes) }
        // Every name is compared with each before it, and nearly all differ in length.
        guard first.end - first.start == second.end - second.start else { return false }
        return bytes[Int(first.start)..<Int(first.end)] == bytes[Int(second.start)..<Int(second.end)]
    }

    /// Whether the first of two names stands before the second in the order of their bytes. Of those with escapes it
    /// isn't told.
    static func isOrdered(_ first: JSONNode, _ second: JSONNode, in bytes: [UInt8]) -> Bool {
        if first.hasEscapes || second.hasEscapes { return false }
        return bytes.withUnsafeBufferPointer { bytes in
            bytes[Int(first.start)..<Int(first.end)].lexicographicallyPrecedes(
                bytes[Int(second.start)..<Int(second.end)])
        }
    }

    /// The UTF-8 of a string or name.
    static func utf8(_ node: JSONNode, in bytes: [UInt8]) -> [UInt8] {
        node.hasEscapes
            ? unescaped(bytes, Int(node.start), Int(node.end)) : Array(bytes[Int(node.start)..<Int(node.end)])
    }

    /// The value of a hexadecimal digit.
    static func hexadecimal(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }

    private static func codeUnit(_ bytes: [UInt8], _ position: Int) -> UInt32 {
        bytes[position..<(position + 4)].reduce(0) { $0 << 4 | (hexadecimal($1) ?? 0) }
    }

    private static func character(of letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: letter
        }
    }
}
