internal import Events
internal import Runtime

/// A visit that was held, with what its event says.
struct Visit: Sendable, Equatable {
    let id: VisitID
    let child: ChildID
    let slot: String
    let heldAt: Timestamp
    let team: VisitTeam
    let place: VisitPlace
    let present: [RespondentID]
    /// In which role it was recorded.
    let actor: ActorRole
    var revision = 1
    /// The event of this revision.
    var event: EventID?

    func body(participated: Bool) -> VisitHeld {
        VisitHeld(visit: id, slot: slot, team: team, place: place, present: present, participated: participated)
    }

    /// Whether the other says the same, whatever its ids and revisions.
    func saysTheSame(as other: Visit) -> Bool {
        heldAt == other.heldAt && team == other.team && place == other.place && Set(present) == Set(other.present)
    }
}

/// What became of the form for one parent at one visit. States that people keep apart stay apart (DESIGN 4.10).
struct Screening: Sendable, Equatable {
    enum State: String, Sendable {
        case notOffered = "not-offered"
        case offered
        case declined
        case answered
    }

    let visit: VisitID
    let respondent: RespondentID
    let child: ChildID
    /// Nil while no form was offered.
    let id: ScreeningID?
    let state: State
    /// Why not offered, or for how long declined.
    var code = ""
    var language = ""
    var mode = ""
}
