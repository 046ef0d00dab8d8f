/// A child is on a unit's list, with those who may answer.
public struct ChildListed: EventBody {
    /// Surrogate; equals the record's key.
    public var child: ChildID
    /// Month of birth.
    public var birthMonth: CalendarMonth
    /// On this unit's list since.
    public var since: CalendarDay
    /// Those who may answer.
    public var respondents: [ListedRespondent]
    /// Whether another care provider had the child before.
    public var previousProvider: Bool

    /// Takes each member as it will travel.
    public init(
        child: ChildID, birthMonth: CalendarMonth, since: CalendarDay, respondents: [ListedRespondent],
        previousProvider: Bool
    ) {
        self.child = child
        self.birthMonth = birthMonth
        self.since = since
        self.respondents = respondents
        self.previousProvider = previousProvider
    }

    /// `child.listed`.
    public static let type = EventType.childListed

    /// What the fact is about.
    public var subject: String { child.text }
}
