internal import Events
internal import Store

/// An offer as it stands, for the nurse: what was decided, who has consented, how far it has come with the recipient.
struct OfferAnswer: Encodable, Sendable {
    struct Consent: Encodable, Sendable {
        let consent: ConsentID
        let guardiansNeeded: Int?
        let guardiansGiven: Int?
        let complete: Bool
        let withdrawn: WithdrawalScope?

        init(_ standing: StandingConsent) {
            consent = standing.id
            guardiansNeeded = standing.given?.body.guardiansNeeded
            guardiansGiven = standing.given?.body.guardiansGiven
            complete = standing.given?.body.complete ?? false
            withdrawn = standing.withdrawn
        }
    }

    /// What the municipality's side told, as far as the consent lets it.
    struct Referral: Encodable, Sendable {
        let referenceNumber: String?
        let state: String
        let closing: String?
    }

    let offer: OfferID
    let kind: OfferKind
    /// Absent while nothing was decided.
    let decision: OfferDecision?
    /// How many decisions there have been.
    let decisionRevision: Int?
    let consent: Consent?
    let referral: Referral?
    /// Why nothing was sent although the offer was accepted.
    let held: String?

    init(_ offer: Offer, in store: ReadScope) throws {
        self.offer = offer.id
        kind = offer.kind
        let last = try DecisionTable.last(of: offer.id, in: store)
        decision = last?.record.decision
        decisionRevision = last?.revision
        consent = try ConsentTable.last(for: offer.id, in: store).map { Consent($0) }
        referral = try CourseTables.referral(for: offer.id, in: store)
        held = referral == nil ? try CourseTables.heldReason(of: offer.id, in: store) : nil
    }
}
