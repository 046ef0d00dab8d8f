internal import Documents
internal import Events

/// Reads the body of `POST /v1/children`.
enum ListingDocument {
    private static let respondentsMax = 8

    static func read(_ members: inout Members) -> Listing? {
        let identity = members.object("identity", Self.identity)
        if !members.has("identity") { members.fault("is required", at: "identity") }
        let birthDate = members.required("birthDate", .day)
        let unit = members.required("unit", .unit)
        let residence = members.required("residenceMunicipality", .municipality)
        let since = members.required("since", .day)
        let previous = members.optional("previousProvider", .flag) ?? false
        let restricted = members.optional("restricted", .flag) ?? false
        let synthetic = members.optional("synthetic", .flag) ?? false
        let respondents = members.objects("respondents", countMax: respondentsMax, respondent)
        if respondents.isEmpty { members.fault("needs at least one respondent", at: "respondents") }
        if let since, let birthDate, since < birthDate { members.fault("must not be before birthDate", at: "since") }
        guard let identity, let birthDate, let unit, let residence, let since else { return nil }
        return Listing(
            identity: identity, birthDate: birthDate, unit: unit, residence: residence, since: since,
            hadPreviousProvider: previous, isRestricted: restricted, isSynthetic: synthetic, respondents: respondents)
    }

    private static func respondent(_ members: inout Members) -> Listing.Person? {
        let relation: Relation? = members.required("relation", .known())
        let guardian: Guardianship? = members.required("guardian", .choice())
        let restricted = members.optional("restricted", .flag) ?? false
        let identity = members.object("identity", Self.identity)
        guard let relation, let guardian else { return nil }
        return Listing.Person(relation: relation, guardian: guardian, isRestricted: restricted, identity: identity)
    }

    private static func identity(_ members: inout Members) -> PersonIdentity? {
        let system = members.required("system", .text())
        let value = members.required("value", .text(charactersMax: 64))
        let name = members.required("name", .text())
        guard let system, let value, let name else { return nil }
        guard let rule = IdentifierSystem.all[system] else {
            members.fault("must be the system of a Swedish identity number", at: "system")
            return nil
        }
        if !rule.allows(value) { members.fault("isn't written as the system writes its numbers", at: "value") }
        return PersonIdentity(system: system, value: value, name: name)
    }
}

/// How identity numbers are written, by the system of the Swedish base profiles.
struct IdentifierSystem: Sendable {
    /// Whether the number may be one of the system's.
    let allows: @Sendable (String) -> Bool

    static let all: [String: IdentifierSystem] = [
        "http://electronichealth.se/identifier/personnummer": IdentifierSystem { isTwelveDigits($0, dayOffset: 0) },
        "http://electronichealth.se/identifier/samordningsnummer": IdentifierSystem {
            isTwelveDigits($0, dayOffset: 60)
        },
        "http://electronichealth.se/identifier/nationelltReservnummer": IdentifierSystem(allows: isPlain),
        "http://electronichealth.se/identifier/LMA-nummer": IdentifierSystem(allows: isPlain),
    ]

    /// Twelve digits: a day, a serial number, a check digit over the last ten. Coordination numbers add 60 to the day.
    private static func isTwelveDigits(_ value: String, dayOffset: Int) -> Bool {
        let digits = Array(value.utf8)
        guard digits.count == 12, CheckDigit.holds(digits.suffix(10)) else { return false }
        let day = Int(digits[6] - 48) * 10 + Int(digits[7] - 48) - dayOffset
        guard (1...31).contains(day) else { return false }
        let text = "\(value.prefix(4))-\(value.dropFirst(4).prefix(2))-\(day < 10 ? "0" : "")\(day)"
        return CalendarDay(text) != nil
    }

    private static func isPlain(_ value: String) -> Bool { value.utf8.allSatisfy { $0.isLetterOrDigit || $0 == 45 } }
}
