internal import Events
internal import Runtime

/// What a nurse or doctor records of a conversation: what was talked about, offered, decided and consented to.
struct ConversationRecord: Sendable {
    let child: ChildID
    let respondent: RespondentID
    let visit: VisitID?
    let occasion: ConversationOccasion
    let heldAt: Timestamp
    let lead: ConversationLead
    let interpreter: Bool
    let otherParentPresent: Bool
    let minutes: Int?
    let factors: [DiscussedFactor]
    let offers: [OfferRecord]
}

/// Support that was offered, with what was decided about it in the same conversation.
struct OfferRecord: Sendable {
    let kind: OfferKind
    let factors: [RiskFactor]
    let recipient: String?
    let entry: String?
    let contactListVersion: String?
    let suggested: [SuggestedResource]
    let overrideReason: String?
    let decision: DecisionRecord?
    let consent: ConsentRecord?
}

/// What the parent decided about an offer.
struct DecisionRecord: Sendable, Equatable {
    let decision: OfferDecision
    let decidedAt: Timestamp
    let reason: String?
    /// Code of a visit slot.
    let askAgainAt: String?
    let via: DecisionChannel
}

/// A consent as it was given.
struct ConsentRecord: Sendable {
    let about: ConsentSubject
    /// Further guardians who consented at once.
    let guardians: [RespondentID]
    let recipient: String?
    let purpose: String
    let categories: [ConsentCategory]
    let feedback: Feedback
    let form: ConsentForm
    let validUntil: CalendarDay?
    let givenAt: Timestamp
}
