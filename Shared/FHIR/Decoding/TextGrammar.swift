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

    /// Whether text is of the type.
    func allows(_ text: some Collection<UInt8>) -> Bool {
        guard !text.isEmpty else { return false }
        switch self {
        case .string: return text.allSatisfy { $0 >= 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        case .code: return Self.isCode(text)
        case .id: return text.count <= 64 && text.allSatisfy(Self.isOfID)
        case .uri: return text.allSatisfy { $0 > 0x20 }
        }
    }

    private static func isCode(_ text: some Collection<UInt8>) -> Bool {
        var afterSpace = true
        for byte in text {
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
        guard document.kind(node) == .string else {
            reportKind(at: node, "Text, in quotation marks,")
            return nil
        }
        let text = document.text(node)
        guard grammar.allows(text.utf8) else {
            report(.value, at: node, grammar.rule)
            return nil
        }
        return text
    }
}
