/// The earlier version whose forms a version scores again.
public struct Rescoring: Codable, Hashable, Sendable {
    /// The earlier version of the same instrument.
    public var version: String
    /// Forms answered on this day and later are scored again.
    public var from: CalendarDay

    /// Takes each member as it will travel.
    public init(
        version: String, from: CalendarDay
    ) {
        self.version = version
        self.from = from
    }
}
