internal import Events
internal import Runtime

/// A child on a unit's list, by surrogate.
struct Child: Sendable, Equatable {
    let id: ChildID
    /// The unit's HSA-id; nil when only a protected family's events are left, which tell no place.
    let unit: String?
    let residence: String?
    let birthMonth: CalendarMonth
    /// Numbered from 1970-01-01; nil after a restore, when only events were left.
    let birthDay: Int?
    let since: CalendarDay
    /// Protected personal data, of the child or a parent.
    let isRestricted: Bool
    let isSynthetic: Bool
    /// Whether a form has been answered for the child.
    var isParticipating = false

    /// The child's age in days. Where only the month of birth is known it is counted from the middle of it.
    func age(at time: Timestamp) -> Int {
        let middle = CalendarDay("\(birthMonth.text)-15").map { StockholmDay.number(of: $0) } ?? 0
        return max(0, StockholmDay.number(of: time) - (birthDay ?? middle))
    }
}

/// Somebody who may answer for a child, by surrogate.
struct Respondent: Sendable, Equatable {
    let id: RespondentID
    let relation: Relation
    let guardian: Guardianship
}
