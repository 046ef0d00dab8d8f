internal import Events
internal import Runtime

/// A child as a unit lists it, with those who may answer.
struct Listing: Sendable {
    struct Person: Sendable {
        let relation: Relation
        let guardian: Guardianship
        let isRestricted: Bool
        let identity: PersonIdentity?
    }

    let identity: PersonIdentity
    let birthDate: CalendarDay
    let unit: String
    let residence: String
    let since: CalendarDay
    let hadPreviousProvider: Bool
    let isRestricted: Bool
    let isSynthetic: Bool
    let respondents: [Person]

    /// A family is protected when the child or either parent is (DESIGN 4.8).
    var isFamilyRestricted: Bool { isRestricted || respondents.contains(where: \.isRestricted) }

    var birthMonth: CalendarMonth {
        guard let month = CalendarMonth(String(birthDate.text.prefix(7))) else {
            preconditionFailure("a day lies in a month")
        }
        return month
    }
}
