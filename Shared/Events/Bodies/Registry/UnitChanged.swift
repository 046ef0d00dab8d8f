/// A child health centre (BVC) as it is from now on.
public struct UnitChanged: ReferenceBody {
    /// HSA-id of the unit.
    public var unit: String
    /// Name as on its door.
    public var name: String
    /// Organisation number of the care provider; the wall between providers is drawn by it.
    public var careProvider: String
    /// SCB code of the municipality the unit lies in.
    public var municipality: String
    /// How far the introduction is.
    public var phase: Phase
    /// When the form is offered from; no denominator before it.
    public var goLive: ImpreciseDate?
    /// The day the unit closed.
    public var endedAt: CalendarDay?
    /// Codes of the visit slots held together with the doctor here.
    public var teamSlots: [String]
    /// Languages the form is offered in here, BCP 47.
    public var languages: [String]
    /// Number of tablets.
    public var tablets: Int
    /// Telephone number of the unit, for families and recipients.
    public var phone: String

    /// Takes each member as it will travel.
    public init(
        unit: String, name: String, careProvider: String, municipality: String, phase: Phase,
        goLive: ImpreciseDate? = nil, endedAt: CalendarDay? = nil, teamSlots: [String], languages: [String],
        tablets: Int, phone: String
    ) {
        self.unit = unit
        self.name = name
        self.careProvider = careProvider
        self.municipality = municipality
        self.phase = phase
        self.goLive = goLive
        self.endedAt = endedAt
        self.teamSlots = teamSlots
        self.languages = languages
        self.tablets = tablets
        self.phone = phone
    }

    /// `unit.changed`.
    public static let type = EventType.unitChanged

    /// What the fact is about.
    public var subject: String { unit }

    /// Key of the record; compaction keeps the last one of each.
    public var key: String { "unit/\(unit)" }
}

/// How far a unit is in the introduction. Decides whether its visits count.
///
/// Closed: a code that is not known here is a decoding fault, so that the record parks.
public enum Phase: String, Codable, CaseIterable, Sendable {
    /// Agreed, not begun.
    case planned
    /// Tries the method.
    case pilot
    /// Training and start-up under way.
    case introducing
    /// In ordinary operation.
    case regular
    /// Not offering for the time being.
    case paused
}
