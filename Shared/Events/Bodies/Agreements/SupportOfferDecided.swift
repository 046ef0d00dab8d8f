/// What a parent decided about an offer; may come months later. Each decision is the offer's next revision.
public struct SupportOfferDecided: EventBody {
    /// The offer.
    public var offer: OfferID
    /// The decision.
    public var decision: OfferDecision
    /// Code of the reason, where one was given.
    public var reason: String?
    /// Code of the visit slot at which to ask again.
    public var askAgainAt: String?
    /// How it was told.
    public var via: DecisionChannel

    /// Takes each member as it will travel.
    public init(
        offer: OfferID, decision: OfferDecision, reason: String? = nil, askAgainAt: String? = nil, via: DecisionChannel
    ) {
        self.offer = offer
        self.decision = decision
        self.reason = reason
        self.askAgainAt = askAgainAt
        self.via = via
    }

    /// `support-offer.decided`.
    public static let type = EventType.supportOfferDecided

    /// What the fact is about.
    public var subject: String { offer.text }
}

/// What the parent decided. Only `accepted` can lead to anything being sent.
///
/// Closed: a code that is not known here is a decoding fault, so that the record parks.
public enum OfferDecision: String, Codable, CaseIterable, Sendable {
    /// Said yes.
    case accepted
    /// Said no.
    case declined
    /// Wants to think.
    case considering
    /// Changed from yes to no.
    case withdrawn
}

/// How a decision was told.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct DecisionChannel: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// At a visit.
    public static let visit = Self(rawValue: "visit")
    /// By telephone.
    public static let phone = Self(rawValue: "phone")

    /// The codes that this release knows.
    public static let known: [Self] = [.visit, .phone]
}
