internal import Events
internal import FHIR
internal import Foundation
internal import Runtime

/// What the value of a member must be, and how it is read.
struct MemberRule<Value> {
    /// The end of the sentence "… must be".
    let text: String
    /// Nil when the value breaks the rule.
    let parse: (JSONValue) -> Value?
}

extension MemberRule where Value == String {
    /// Text of some length without control characters.
    static func text(charactersMax: Int = 200) -> MemberRule {
        MemberRule(text: "text of 1 to \(charactersMax) characters") { json in
            guard case .string(let text) = json, !text.isEmpty, text.count <= charactersMax,
                text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
            else { return nil }
            return text
        }
    }

    /// A code of ours or of the registry.
    static var code: MemberRule {
        matching("a code: letters, digits and . , + - _ /, at most 64", charactersMax: 64, ".,+-_/")
    }

    /// A version.
    static var version: MemberRule { matching("a version: letters, digits, dots and hyphens", charactersMax: 32, ".-") }

    /// A language tag (BCP 47, RFC 5646 section 2.1): only its form is looked at.
    static var language: MemberRule { matching("a language tag as sv or ar-SY", charactersMax: 35, "-") }

    /// A unit's HSA-id: `SE`, ten digits, a hyphen, letters and digits; at most 31 characters.
    static var unit: MemberRule {
        MemberRule(text: "an HSA-id: SE, ten digits, a hyphen, letters and digits") { json in
            guard case .string(let text) = json, text.utf8.count <= 31, let hyphen = text.firstIndex(of: "-") else {
                return nil
            }
            let organisation = text[..<hyphen].utf8
            let own = text[text.index(after: hyphen)...].utf8
            guard organisation.count == 12, organisation.starts(with: "SE".utf8),
                organisation.dropFirst(2).allSatisfy(\.isDigit), !own.isEmpty, own.allSatisfy(\.isLetterOrDigit)
            else { return nil }
            return text
        }
    }

    /// An organisation number: ten digits that agree with their last.
    static var organisation: MemberRule {
        MemberRule(text: "an organisation number: ten digits, the last of which checks the others") { json in
            guard case .string(let text) = json, text.utf8.count == 10, CheckDigit.holds(text.utf8) else { return nil }
            return text
        }
    }

    /// A municipality, as Statistics Sweden numbers them.
    static var municipality: MemberRule {
        MemberRule(text: "a municipality's code of four digits") { json in
            guard case .string(let text) = json, text.utf8.count == 4, text.utf8.allSatisfy(\.isDigit) else {
                return nil
            }
            return text
        }
    }

    /// A telephone number.
    static var phone: MemberRule {
        MemberRule(text: "a telephone number") { json in
            guard case .string(let text) = json, (5...20).contains(text.utf8.count),
                text.utf8.allSatisfy({ $0.isDigit || "+- ".utf8.contains($0) })
            else { return nil }
            return text
        }
    }

    private static func matching(_ rule: String, charactersMax: Int, _ others: String) -> MemberRule {
        MemberRule(text: rule) { json in
            guard case .string(let text) = json, (1...charactersMax).contains(text.utf8.count),
                text.utf8.allSatisfy({ $0.isLetterOrDigit || others.utf8.contains($0) })
            else { return nil }
            return text
        }
    }
}

extension MemberRule {
    /// One of our identifiers.
    static func identifier<Subject>() -> MemberRule where Value == Events.Identifier<Subject> {
        MemberRule(text: "an identifier (UUID)") { json in
            guard case .string(let text) = json else { return nil }
            return Events.Identifier<Subject>(text)
        }
    }

    /// One of the codes that this release knows.
    static func known() -> MemberRule where Value: OpenCode {
        MemberRule(text: "one of \(Value.known.map(\.rawValue).joined(separator: ", "))") { json in
            guard case .string(let text) = json else { return nil }
            let code = Value(rawValue: text)
            return code.isKnown ? code : nil
        }
    }

    /// One of a closed vocabulary.
    static func choice() -> MemberRule where Value: RawRepresentable<String> & CaseIterable {
        MemberRule(text: "one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))") { json in
            guard case .string(let text) = json else { return nil }
            return Value(rawValue: text)
        }
    }
}

extension MemberRule<Bool> {
    /// True or false.
    static var flag: MemberRule {
        MemberRule(text: "true or false") { json in
            guard case .boolean(let truth) = json else { return nil }
            return truth
        }
    }
}

extension MemberRule<Int> {
    /// A whole number within bounds.
    static func integer(_ range: ClosedRange<Int>) -> MemberRule {
        MemberRule(text: "a whole number from \(range.lowerBound) to \(range.upperBound)") { json in
            guard case .number(let digits) = json, let number = Int(digits), range.contains(number) else { return nil }
            return number
        }
    }
}

extension MemberRule<Timestamp> {
    /// An instant with its zone (RFC 3339).
    static var instant: MemberRule {
        MemberRule(text: "an instant with a zone, as 2026-11-24T09:30:00+01:00") { json in
            guard case .string(let text) = json else { return nil }
            return Timestamp(rfc3339: text)
        }
    }
}

extension MemberRule<CalendarDay> {
    /// A day of the calendar.
    static var day: MemberRule {
        MemberRule(text: "a day, as 2026-11-24") { json in
            guard case .string(let text) = json else { return nil }
            return CalendarDay(text)
        }
    }
}

extension UInt8 {
    /// 0 to 9.
    var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }
    /// A letter of ASCII, or 0 to 9.
    var isLetterOrDigit: Bool {
        isDigit || UInt8(ascii: "a")...UInt8(ascii: "z") ~= self || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self
    }
}
