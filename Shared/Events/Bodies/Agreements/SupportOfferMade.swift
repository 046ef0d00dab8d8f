/// Support was offered to a parent. Sends nothing by itself.
public struct SupportOfferMade: EventBody {
    /// The offer.
    public var offer: OfferID
    /// In which conversation.
    public var conversation: ConversationID
    /// To whom.
    public var respondent: RespondentID
    /// Because of which factors.
    public var factors: [RiskFactor]
    /// Kind of support.
    public var kind: OfferKind
    /// Function it would go to.
    public var recipient: String?
    /// Entry of the contact list, when signposted.
    public var entry: String?
    /// Version of the list that was shown.
    public var contactListVersion: String?
    /// What was put forward.
    public var suggested: [SuggestedResource]
    /// Code of why something else was chosen.
    public var overrideReason: String?

    /// Takes each member as it will travel.
    public init(
        offer: OfferID, conversation: ConversationID, respondent: RespondentID, factors: [RiskFactor], kind: OfferKind,
        recipient: String? = nil, entry: String? = nil, contactListVersion: String? = nil,
        suggested: [SuggestedResource], overrideReason: String? = nil
    ) {
        self.offer = offer
        self.conversation = conversation
        self.respondent = respondent
        self.factors = factors
        self.kind = kind
        self.recipient = recipient
        self.entry = entry
        self.contactListVersion = contactListVersion
        self.suggested = suggested
        self.overrideReason = overrideReason
    }

    /// `support-offer.made`.
    public static let type = EventType.supportOfferMade

    /// What the fact is about.
    public var subject: String { offer.text }

    /// A protected family's event tells no place (rule 8 of the domain).
    public func fault(under common: CommonMembers) -> EventFault? {
        guard common.restricted else { return nil }
        if recipient != nil { return EventFault(member: "recipient", kind: .withheld) }
        if entry != nil { return EventFault(member: "entry", kind: .withheld) }
        if contactListVersion != nil { return EventFault(member: "contactListVersion", kind: .withheld) }
        if !suggested.isEmpty { return EventFault(member: "suggested", kind: .withheld) }
        return nil
    }
}

/// A resource the software put forward.
public struct SuggestedResource: Codable, Hashable, Sendable {
    /// Recipient or entry.
    public var id: String
    /// Place among the suggestions, from 1.
    public var rank: Int
    /// Code of the rule that ranked it.
    public var reason: String

    /// Takes each member as it will travel.
    public init(
        id: String, rank: Int, reason: String
    ) {
        self.id = id
        self.rank = rank
        self.reason = reason
    }
}
