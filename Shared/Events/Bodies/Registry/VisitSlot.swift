/// One of the ordinary visits at which the form is offered.
public struct VisitSlot: Codable, Hashable, Sendable {
    /// Code, such as `10m`.
    public var code: String
    /// First day of age, counted from birth.
    public var fromDays: Int
    /// Last day of age.
    public var toDays: Int
    /// Who meets the family.
    public var team: VisitTeam
    /// Where.
    public var place: VisitPlace
    /// Place among the slots, from 0.
    public var order: Int

    /// Takes each member as it will travel.
    public init(
        code: String, fromDays: Int, toDays: Int, team: VisitTeam, place: VisitPlace, order: Int
    ) {
        self.code = code
        self.fromDays = fromDays
        self.toDays = toDays
        self.team = team
        self.place = place
        self.order = order
    }
}
