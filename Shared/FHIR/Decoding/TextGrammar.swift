/// The primitive types of FHIR R4 that are text, by the rule each adds.
enum TextGrammar {
    /// At least one character, no control characters but tab and line ends.
    case string
    /// No whitespace but single spaces inside.
    case code
    /// 1 to 64 letters, digits, hyphens and dots.
    case id
    /// No whitespace.
    case uri

    /// What the text must be, as a sentence.
    var rule: String {
        switch self {
        case .string: "Text without control characters, and at least one character, is expected."
        case .code: "A code, without whitespace but single spaces inside, is expected."
        case .id: "An id, 1 to 64 letters, digits, hyphens and dots, is expected."
        case .uri: "A uri, without whitespace, is expected."
        }
    }

    /// Whether the UTF-8 in `bytes[range]` is of the type.
    func allows(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        guard !range.isEmpty else { return false }
        switch self {
        case .string:
            for position in range where bytes[position] < 0x20 && !Self.isLayout(bytes[position]) { return false }
        case .code:
            return Self.isCode(bytes, range)
        case .id:
            return Self.isID(bytes[range])
        case .uri:
            for position in range where bytes[position] <= 0x20 { return false }
        }
        return true
    }

    /// Whether text is an id.
    static func isID(_ text: some Collection<UInt8>) -> Bool {
        !text.isEmpty && text.count <= 64 && text.allSatisfy(isOfID)
    }

    private static func isLayout(_ byte: UInt8) -> Bool { byte == 0x09 || byte == 0x0A || byte == 0x0D }

    private static func isCode(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        var afterSpace = true
        for position in range {
            let byte = bytes[position]
            guard byte >= 0x20, !(byte == 0x20 && afterSpace) else { return false }
            afterSpace = byte == 0x20
        }
        return !afterSpace
    }

    private static func isOfID(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}

extension Decoding {
    /// The text of a string that keeps to its grammar; a fault otherwise.
    func string(_ node: Int, _ grammar: TextGrammar) -> String? {
        let value = document.nodes[node]
        guard value.kind == .string else {
            reportKind(at: node, "Text, in quotation marks,")
            return nil
        }
        let isAllowed: Bool
        if value.hasEscapes {
            let text = JSONText.utf8(value, in: document.bytes)
            isAllowed = grammar.allows(text, text.indices)
        } else {
            isAllowed = grammar.allows(document.bytes, Int(value.start)..<Int(value.end))
        }
        guard isAllowed else {
            report(.value, at: node, grammar.rule)
            return nil
        }
        return document.text(node)
    }
}
