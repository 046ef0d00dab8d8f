/// A parent said no to the form.
public struct ScreeningDeclined: EventBody {
    /// The screening.
    public var screening: ScreeningID
    /// For how long.
    public var scope: DeclineScope

    /// Takes each member as it will travel.
    public init(
        screening: ScreeningID, scope: DeclineScope
    ) {
        self.screening = screening
        self.scope = scope
    }

    /// `screening.declined`.
    public static let type = EventType.screeningDeclined

    /// What the fact is about.
    public var subject: String { screening.text }
}

/// For how long a parent says no. Decides whether the form is offered at the next visit.
///
/// Closed: a code that is not known here is a decoding fault, so that the record parks.
public enum DeclineScope: String, Codable, CaseIterable, Sendable {
    /// At this visit.
    case forNow
    /// Until she asks for it herself.
    case untilAsked
}
