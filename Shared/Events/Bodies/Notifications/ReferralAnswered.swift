public import Runtime

/// A municipality answered, limited to what the feedback allows.
public struct ReferralAnswered: EventBody {
    /// The referral.
    public var referral: ReferralID
    /// The answer.
    public var answer: ReferralAnswer
    /// Code of the reason.
    public var reason: String?
    /// Times proposed for a meeting.
    public var proposedTimes: [Timestamp]
    /// How the answer came.
    public var channel: ChannelKind
    /// Function that answered.
    public var by: String

    /// Takes each member as it will travel.
    public init(
        referral: ReferralID, answer: ReferralAnswer, reason: String? = nil, proposedTimes: [Timestamp],
        channel: ChannelKind, by: String
    ) {
        self.referral = referral
        self.answer = answer
        self.reason = reason
        self.proposedTimes = proposedTimes
        self.channel = channel
        self.by = by
    }

    /// `referral.answered`.
    public static let type = EventType.referralAnswered

    /// What the fact is about.
    public var subject: String { referral.text }
}

/// What a municipality answers. That a family is already known is never an answer.
///
/// Closed: a code that is not known here is a decoding fault, so that the record parks.
public enum ReferralAnswer: String, Codable, CaseIterable, Sendable {
    /// It is taken on.
    case accepted
    /// The family has been reached.
    case contactMade = "contact-made"
    /// It goes on.
    case inProgress = "in-progress"
    /// It rests.
    case onHold = "on-hold"
    /// It is done.
    case done
    /// The family was not reached.
    case notReached = "not-reached"
    /// The family said no.
    case familyDeclined = "family-declined"
    /// It cannot be taken.
    case cannotTake = "cannot-take"
    /// Another function should have it.
    case wrongRecipient = "wrong-recipient"
}
