/// An accepted offer waits, and for whom.
public struct ReferralHeld: EventBody {
    /// The offer.
    public var offer: OfferID
    /// Why.
    public var reason: HeldReason
    /// Who can help it on.
    public var taskFor: ActorRole

    /// Takes each member as it will travel.
    public init(
        offer: OfferID, reason: HeldReason, taskFor: ActorRole
    ) {
        self.offer = offer
        self.reason = reason
        self.taskFor = taskFor
    }

    /// `referral.held`.
    public static let type = EventType.referralHeld

    /// What the fact is about.
    public var subject: String { offer.text }
}

/// Why nothing was sent although the offer was accepted.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct HeldReason: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// A guardian has not consented yet.
    public static let awaitingGuardian = Self(rawValue: "awaiting-guardian")
    /// Protected identity: only a person may pass it on.
    public static let restricted = Self(rawValue: "restricted")
    /// No recipient of that function.
    public static let noRecipient = Self(rawValue: "no-recipient")
    /// The recipient takes nobody now.
    public static let capacity = Self(rawValue: "capacity")
    /// The consent lacks something else.
    public static let consentIncomplete = Self(rawValue: "consent-incomplete")

    /// The codes that this release knows.
    public static let known: [Self] = [.awaitingGuardian, .restricted, .noRecipient, .capacity, .consentIncomplete]
}
