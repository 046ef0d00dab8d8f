/// A parent took consent back.
public struct ConsentWithdrawn: EventBody {
    /// The consent.
    public var consent: ConsentID
    /// How much of it.
    public var scope: WithdrawalScope

    /// Takes each member as it will travel.
    public init(
        consent: ConsentID, scope: WithdrawalScope
    ) {
        self.consent = consent
        self.scope = scope
    }

    /// `consent.withdrawn`.
    public static let type = EventType.consentWithdrawn

    /// What the fact is about.
    public var subject: String { consent.text }
}

/// What is withdrawn.
///
/// Closed: a code that is not known here is a decoding fault, so that the record parks.
public enum WithdrawalScope: String, Codable, CaseIterable, Sendable {
    /// The whole consent: no attempt to send begins any more.
    case all
    /// Only what may be told back.
    case feedback
}
