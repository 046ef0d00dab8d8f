public import Runtime

/// A referral went from one state to another; carries only what the feedback allows.
public struct ReferralChanged: EventBody {
    /// The referral.
    public var referral: ReferralID
    /// State before.
    public var from: ReferralState
    /// State now.
    public var to: ReferralState
    /// In which role it was changed.
    public var by: ActorRole
    /// Code of the reason.
    public var reason: String?
    /// How it ended, in an end state.
    public var closing: Closing?
    /// When the next step is due.
    public var dueAt: Timestamp?

    /// Takes each member as it will travel.
    public init(
        referral: ReferralID, from: ReferralState, to: ReferralState, by: ActorRole, reason: String? = nil,
        closing: Closing? = nil, dueAt: Timestamp? = nil
    ) {
        self.referral = referral
        self.from = from
        self.to = to
        self.by = by
        self.reason = reason
        self.closing = closing
        self.dueAt = dueAt
    }

    /// `referral.changed`.
    public static let type = EventType.referralChanged

    /// What the fact is about.
    public var subject: String { referral.text }
}

/// Where a referral is, as the Task of Gravity's closed loop has it.
///
/// Closed: a code that is not known here is a decoding fault, so that the record parks.
public enum ReferralState: String, Codable, CaseIterable, Sendable {
    /// Sent.
    case requested
    /// Taken on.
    case accepted
    /// Going on.
    case inProgress = "in-progress"
    /// Resting.
    case onHold = "on-hold"
    /// Closed.
    case completed
    /// Cannot be taken.
    case rejected
    /// Taken back.
    case cancelled
    /// Could not be carried through.
    case failed
    /// Should never have been.
    case enteredInError = "entered-in-error"
}

/// How a referral ended. Never called an outcome.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct Closing: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Done.
    public static let done = Self(rawValue: "done")
    /// The family was not reached.
    public static let notReached = Self(rawValue: "not-reached")
    /// The family said no.
    public static let familyDeclined = Self(rawValue: "family-declined")
    /// The recipient cannot take it.
    public static let cannotTake = Self(rawValue: "cannot-take")
    /// Another function should have it.
    public static let wrongRecipient = Self(rawValue: "wrong-recipient")
    /// Consent was withdrawn.
    public static let consentWithdrawn = Self(rawValue: "consent-withdrawn")
    /// The family moved.
    public static let moved = Self(rawValue: "moved")

    /// The codes that this release knows.
    public static let known: [Self] = [
        .done, .notReached, .familyDeclined, .cannotTake, .wrongRecipient, .consentWithdrawn, .moved,
    ]
}
