/// A contact is to be mediated to a recipient, under a complete consent that names it.
public struct ReferralRequested: EventBody {
    /// The referral.
    public var referral: ReferralID
    /// What people say on the telephone; tells nothing.
    public var referenceNumber: String
    /// Keeps referrals of one course together, over re-routing.
    public var thread: ThreadID
    /// The accepted offer.
    public var offer: OfferID
    /// The consent.
    public var consent: ConsentID
    /// Function it goes to.
    public var recipient: String
    /// Kind of support.
    public var kind: OfferKind
    /// How soon.
    public var urgency: Urgency
    /// Language to speak, BCP 47.
    public var language: String
    /// Whether an interpreter is needed.
    public var interpreter: Bool
    /// Factors, where consented.
    public var factors: [RiskFactor]?
    /// The child's age band, where consented.
    public var ageBand: String?
    /// Identity sealed by intake; absent: reference number and telephone only.
    public var sealed: SealedEnvelope?
    /// Version of the list the recipient was found in.
    public var contactListVersion: String
    /// Version of the routing rules.
    public var ruleVersion: String

    /// Takes each member as it will travel.
    public init(
        referral: ReferralID, referenceNumber: String, thread: ThreadID, offer: OfferID, consent: ConsentID,
        recipient: String, kind: OfferKind, urgency: Urgency, language: String, interpreter: Bool,
        factors: [RiskFactor]? = nil, ageBand: String? = nil, sealed: SealedEnvelope? = nil, contactListVersion: String,
        ruleVersion: String
    ) {
        self.referral = referral
        self.referenceNumber = referenceNumber
        self.thread = thread
        self.offer = offer
        self.consent = consent
        self.recipient = recipient
        self.kind = kind
        self.urgency = urgency
        self.language = language
        self.interpreter = interpreter
        self.factors = factors
        self.ageBand = ageBand
        self.sealed = sealed
        self.contactListVersion = contactListVersion
        self.ruleVersion = ruleVersion
    }

    /// `referral.requested`.
    public static let type = EventType.referralRequested

    /// What the fact is about.
    public var subject: String { referral.text }

    /// Nothing about a protected family leaves without a person's hand (rule 8 of the domain).
    public func fault(under common: CommonMembers) -> EventFault? {
        common.restricted ? EventFault(member: "restricted", kind: .withheld) : nil
    }
}

/// How soon, as agreed with the parent.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct Urgency: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// In ordinary time.
    public static let routine = Self(rawValue: "routine")
    /// Before others.
    public static let soon = Self(rawValue: "soon")

    /// The codes that this release knows.
    public static let known: [Self] = [.routine, .soon]
}
