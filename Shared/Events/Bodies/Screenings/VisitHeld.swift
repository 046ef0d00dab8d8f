/// A visit took place: the denominator of everything.
public struct VisitHeld: EventBody {
    /// The visit.
    public var visit: VisitID
    /// Code of the visit slot.
    public var slot: String
    /// Who met the family.
    public var team: VisitTeam
    /// Where.
    public var place: VisitPlace
    /// Which parents were there.
    public var present: [RespondentID]
    /// Whether the child's first answered form belongs to this visit.
    public var participated: Bool

    /// Takes each member as it will travel.
    public init(
        visit: VisitID, slot: String, team: VisitTeam, place: VisitPlace, present: [RespondentID], participated: Bool
    ) {
        self.visit = visit
        self.slot = slot
        self.team = team
        self.place = place
        self.present = present
        self.participated = participated
    }

    /// `visit.held`.
    public static let type = EventType.visitHeld

    /// What the fact is about.
    public var subject: String { visit.text }
}
