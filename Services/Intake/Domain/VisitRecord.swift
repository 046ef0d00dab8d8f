internal import Events
internal import Runtime

/// A visit as a unit records it, with what became of the form for each parent.
struct VisitRecord: Sendable {
    let child: ChildID
    let slot: String
    let heldAt: Timestamp
    /// Nil: as the slot and the unit have it.
    let team: VisitTeam?
    let place: VisitPlace?
    let present: [RespondentID]
    let screenings: [ScreeningRecord]
}

/// What a unit records of the form for one parent.
struct ScreeningRecord: Sendable {
    /// What became of it, as far as staff say; answers come as forms.
    enum Mark: Sendable {
        case offered
        case notOffered(NotOfferedReason)
        case declined(DeclineScope)
    }

    let respondent: RespondentID
    let mark: Mark
    let language: String
    let mode: ScreeningMode
}
