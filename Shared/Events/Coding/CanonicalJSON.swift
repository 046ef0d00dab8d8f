/// Any JSON value on its way to bytes.
enum CanonicalJSON {
    case null
    case boolean(Bool)
    case integer(Int64)
    case text(String)
    case object(Members)
    case array(Elements)

    /// An object while it gathers members; a reference, since several containers may write to one.
    final class Members {
        var list: [(name: String, value: CanonicalJSON)] = []

        /// By the UTF-16 code units of the names (RFC 8785 section 3.2.3). Swift compares strings by their normalized
        /// scalars, which for ASCII is the same order and several times faster.
        fileprivate func sort() {
            if list.allSatisfy({ $0.name.utf8.allSatisfy { $0 < 0x80 } }) {
                list.sort { $0.name < $1.name }
            } else {
                list.sort { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }
            }
        }
    }

    /// An array while it gathers elements.
    final class Elements {
        var list: [CanonicalJSON] = []
    }

    /// Appends the one spelling of the value: members in the order of their names, nothing between them, only the
    /// escapes that JSON requires.
    func write(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .boolean(let truth): bytes.append(contentsOf: (truth ? "true" : "false").utf8)
        case .integer(let number): bytes.append(contentsOf: String(number).utf8)
        case .text(let text): Self.write(text, to: &bytes)
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            members.sort()
            var isFirst = true
            for (name, value) in members.list {
                if !isFirst { bytes.append(UInt8(ascii: ",")) }
                isFirst = false
                Self.write(name, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            var isFirst = true
            for value in elements.list {
                if !isFirst { bytes.append(UInt8(ascii: ",")) }
                isFirst = false
                value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        }
    }

    static func write(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        bytes.append(UInt8(ascii: "\""))
        text.withUTF8 { utf8 in
            if isPlain(utf8) {
                bytes.append(contentsOf: utf8)
            } else {
                for byte in utf8 { escape(byte, to: &bytes) }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Looks at every byte whatever the first ones are: sixteen at a time costs less than a way out at each.
    private static func isPlain(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        var escapes: UInt8 = 0
        for byte in utf8 {
            escapes |= byte < 0x20 ? 1 : 0
            escapes |= byte == UInt8(ascii: "\"") ? 1 : 0
            escapes |= byte == UInt8(ascii: "\\") ? 1 : 0
        }
        return escapes == 0
    }

    private static func escape(_ byte: UInt8, to bytes: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
        case 0x08: bytes.append(contentsOf: "\\b".utf8)
        case 0x09: bytes.append(contentsOf: "\\t".utf8)
        case 0x0A: bytes.append(contentsOf: "\\n".utf8)
        case 0x0C: bytes.append(contentsOf: "\\f".utf8)
        case 0x0D: bytes.append(contentsOf: "\\r".utf8)
        case ..<0x20:
            let digit = byte & 15
            bytes.append(contentsOf: (byte < 16 ? "\\u000" : "\\u001").utf8)
            bytes.append(digit < 10 ? 48 + digit : 87 + digit)
        default: bytes.append(byte)
        }
    }
}
