internal import Events
internal import Runtime

/// A support offer.
struct Offer: Sendable, Equatable {
    let id: OfferID
    let child: ChildID
    let conversation: ConversationID
    let respondent: RespondentID
    /// Place in its conversation, from 0.
    let place: Int
    let kind: OfferKind
    let recipient: String?
}

/// The decision about an offer that stands.
struct StandingDecision: Sendable, Equatable {
    let revision: Int
    let record: DecisionRecord
    let event: EventID?
}

/// A consent as it stands.
struct StandingConsent: Sendable {
    let id: ConsentID
    let child: ChildID
    let offer: OfferID
    /// What the event said last; nil after a restore that brought back only its withdrawal.
    let given: Event<ConsentGiven>?
    let event: EventID?
    /// How much of it was withdrawn, and how often something was.
    let withdrawn: WithdrawalScope?
    let withdrawals: Int
}

extension OfferKind {
    /// What function may receive what is consented to for an offer of the kind; nil for kinds that send nothing. A
    /// family therapist and a social worker are never stand-ins for one another (DESIGN 4.6).
    var recipientKinds: Set<RecipientKind>? {
        switch self {
        case .familyTherapist, .jointVisit: [.familyTherapist]
        case .socialWorker: [.socialWorker]
        case .care: [.otherFunction]
        case .bvcFollowUp, .signpost: nil
        }
    }
}
