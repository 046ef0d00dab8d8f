/// The region's table of ordinary visits.
public struct VisitSlotsPublished: ReferenceBody {
    /// Version of the table.
    public var version: String
    /// The slots in order.
    public var slots: [VisitSlot]

    /// Takes each member as it will travel.
    public init(
        version: String, slots: [VisitSlot]
    ) {
        self.version = version
        self.slots = slots
    }

    /// `visit-slots.published`.
    public static let type = EventType.visitSlotsPublished

    /// What the fact is about.
    public var subject: String { "visit-slots/\(version)" }

    /// Key of the record; compaction keeps the last one of each.
    public var key: String { "visit-slots" }
}
