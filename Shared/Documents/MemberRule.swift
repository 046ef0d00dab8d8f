public import FHIR

/// What the value of a member must be, and how it is read.
public struct MemberRule<Value> {
    /// The end of the sentence "… must be".
    public let text: String
    /// Nil when the value breaks the rule.
    public let parse: (JSONValue) -> Value?

    /// A rule of parts.
    public init(text: String, parse: @escaping (JSONValue) -> Value?) {
        self.text = text
        self.parse = parse
    }

    /// Text that has a reading of its own.
    public static func parsed(_ rule: String, _ parse: @escaping (String) -> Value?) -> MemberRule {
        MemberRule(text: rule) { json in
            guard case .string(let text) = json else { return nil }
            return parse(text)
        }
    }
}

extension MemberRule where Value == String {
    /// Text of some length without control characters.
    public static func text(charactersMax: Int = 200) -> MemberRule {
        parsed("text of 1 to \(charactersMax) characters") { text in
            guard !text.isEmpty, text.count <= charactersMax,
                text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
            else { return nil }
            return text
        }
    }

    /// A code of ours or of the registry.
    public static var code: MemberRule {
        matching("a code: letters, digits and . , + - _ /, at most 64", charactersMax: 64, ".,+-_/")
    }

    /// A version.
    public static var version: MemberRule {
        matching("a version: letters, digits, dots and hyphens", charactersMax: 32, ".-")
    }

    /// A language tag (BCP 47, RFC 5646 section 2.1): only its form is looked at.
    public static var language: MemberRule {
        matching("a language tag as sv or ar-SY", charactersMax: 35, "-")
    }

    private static func matching(_ rule: String, charactersMax: Int, _ others: String) -> MemberRule {
        parsed(rule) { text in
            guard (1...charactersMax).contains(text.utf8.count),
                text.utf8.allSatisfy({ $0.isLetterOrDigit || others.utf8.contains($0) })
            else { return nil }
            return text
        }
    }
}

extension MemberRule where Value: RawRepresentable<String> {
    /// One of some codes.
    public static func one(of values: [Value]) -> MemberRule {
        parsed("one of \(values.map(\.rawValue).joined(separator: ", "))") { text in
            values.first { $0.rawValue == text }
        }
    }

    /// One of a closed vocabulary.
    public static func choice() -> MemberRule where Value: CaseIterable { one(of: Array(Value.allCases)) }
}

extension MemberRule<Bool> {
    /// True or false.
    public static var flag: MemberRule {
        MemberRule(text: "true or false") { json in
            guard case .boolean(let truth) = json else { return nil }
            return truth
        }
    }
}

extension MemberRule<Int> {
    /// A whole number within bounds.
    public static func integer(_ range: ClosedRange<Int>) -> MemberRule {
        MemberRule(text: "a whole number from \(range.lowerBound) to \(range.upperBound)") { json in
            guard case .number(let digits) = json, let number = Int(digits), range.contains(number) else { return nil }
            return number
        }
    }
}

extension UInt8 {
    /// A letter of ASCII, or 0 to 9.
    fileprivate var isLetterOrDigit: Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= self || UInt8(ascii: "a")...UInt8(ascii: "z") ~= self
            || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self
    }
}
