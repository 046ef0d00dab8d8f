internal import Events

/// Whether everybody needed has consented (DESIGN 4.4): data about a child need every guardian, a parent's own only
/// hers.
struct ConsentCompleteness: Sendable, Equatable {
    /// How many guardians must consent; 0 when the data are about the giver only.
    let needed: Int
    /// How many have.
    let given: Int
    let isComplete: Bool

    /// - Parameter consenting: all who have consented so far, the giver among them.
    init(about: ConsentSubject, consenting: Set<RespondentID>, respondents: [Respondent]) {
        guard about != .giver else {
            (needed, given, isComplete) = (0, 0, true)
            return
        }
        // Somebody whose custody nobody has asked about may be a guardian: she is needed, and what she says can't be
        // counted until it is known.
        let mayBeGuardians = respondents.filter { $0.guardian != .no }
        let guardians = mayBeGuardians.filter { $0.guardian == .yes }
        needed = mayBeGuardians.count
        given = guardians.count { consenting.contains($0.id) }
        isComplete = needed > 0 && given == needed
    }
}
