internal import Documents
internal import Events
internal import Runtime

extension MemberRule where Value == String {
    /// A unit's HSA-id: `SE`, ten digits, a hyphen, letters and digits; at most 31 characters.
    static var unit: MemberRule {
        parsed("an HSA-id: SE, ten digits, a hyphen, letters and digits") { text in
            guard text.utf8.count <= 31, let hyphen = text.firstIndex(of: "-") else { return nil }
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
        parsed("an organisation number: ten digits, the last of which checks the others") { text in
            text.utf8.count == 10 && CheckDigit.holds(text.utf8) ? text : nil
        }
    }

    /// A municipality, as Statistics Sweden numbers them.
    static var municipality: MemberRule {
        parsed("a municipality's code of four digits") { text in
            text.utf8.count == 4 && text.utf8.allSatisfy(\.isDigit) ? text : nil
        }
    }

    /// A telephone number.
    static var phone: MemberRule {
        parsed("a telephone number") { text in
            let isPhone =
                (5...20).contains(text.utf8.count)
                && text.utf8.allSatisfy { $0.isDigit || "+- ".utf8.contains($0) }
            return isPhone ? text : nil
        }
    }
}

extension MemberRule {
    /// One of our identifiers.
    static func identifier<Subject>() -> MemberRule where Value == Events.Identifier<Subject> {
        parsed("an identifier (UUID)") { Events.Identifier<Subject>($0) }
    }

    /// One of the codes that this release knows.
    static func known() -> MemberRule where Value: OpenCode { one(of: Value.known) }
}

extension MemberRule<Timestamp> {
    /// An instant with its zone (RFC 3339).
    static var instant: MemberRule {
        parsed("an instant with a zone, as 2026-11-24T09:30:00+01:00") { Timestamp(rfc3339: $0) }
    }
}

extension MemberRule<CalendarDay> {
    /// A day of the calendar.
    static var day: MemberRule { parsed("a day, as 2026-11-24") { CalendarDay($0) } }
}

extension UInt8 {
    /// 0 to 9.
    var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }
    /// A letter of ASCII, or 0 to 9.
    var isLetterOrDigit: Bool {
        isDigit || UInt8(ascii: "a")...UInt8(ascii: "z") ~= self || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self
    }
}
