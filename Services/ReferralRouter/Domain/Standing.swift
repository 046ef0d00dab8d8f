internal import Events
internal import Runtime

/// Where an offer stands: a pure function of everything that is known of it.
///
/// It looks at histories only, never at what arrived last, so that agreements, consents and children may be read in any
/// interleaving. A consent or a child that hasn't been told yet is waited for in silence: nobody has to do anything.
enum Standing: Equatable, Sendable {
    /// Nothing is to be sent: not accepted, or of a kind that goes to nobody, or taken back.
    case nothing
    /// Accepted; no consent has been told, or it was withdrawn.
    case awaitingConsent
    /// All is there but the child's listing, which tells whether the family is protected.
    case awaitingListing
    /// Somebody must do something first.
    case held(HeldReason, taskFor: ActorRole)
    /// A referral follows.
    case referred(ReferralKey)

    /// A code for counts.
    var code: String {
        switch self {
        case .nothing: "nothing"
        case .awaitingConsent: "awaiting-consent"
        case .awaitingListing: "awaiting-listing"
        case .held(let reason, _): "held." + reason.rawValue
        case .referred: "referred"
        }
    }
}

extension OfferCase {
    /// Where the offer stands with these recipients.
    func standing(among recipients: Recipients) -> Standing {
        if let going = referrals.first(where: { isGoing($0) }) {
            // What was sent goes on until something that it follows from ends; a list that changes recalls nobody.
            guard let key = going.key else { return .nothing }
            return .referred(key)
        }
        guard let offer = file.made.current, let kind = offer.first.content.recipientKind,
            let decision = file.decided.current, decision.last.content.decision == .accepted
        else { return .nothing }
        if isProtected(offer: offer, decision: decision) { return .held(.restricted, taskFor: .nurse) }
        guard let name = offer.first.content.recipient else { return .held(.noRecipient, taskFor: .nurse) }
        guard recipients.find(name, kind: kind) != nil else {
            return .held(.noRecipient, taskFor: .localCoordinator)
        }
        return consented(offer: offer, decision: decision, recipient: name)
    }

    private func consented(
        offer: Revisions<OfferTerms>.Run, decision: Revisions<DecisionTerms>.Run, recipient: String
    ) -> Standing {
        let open = consents.filter { $0.ended == nil }.compactMap { consent in
            consent.given.current.map { (id: consent.consent, run: $0) }
        }
        guard !open.isEmpty else { return .awaitingConsent }
        let naming = open.filter { $0.run.first.content.recipient == recipient }
        let complete = naming.filter { consent in
            let terms = consent.run.first.content
            return terms.isComplete && (terms.about != .giver || terms.giver == offer.first.content.respondent)
        }
        guard !complete.isEmpty else { return held(open.map(\.run), naming: naming.map(\.run)) }
        guard let listing = listing?.listed.current else { return .awaitingListing }
        let valid = complete.filter { consent in
            let since = [offer.first.at, decision.first.at, consent.run.first.at, listing.first.at].max()
            return since.map { consent.run.isValid(on: CalendarDay.inStockholm(at: $0)) } ?? false
        }
        let chosen = valid.min {
            ($0.run.first.recordedAt, $0.id.text) < ($1.run.first.recordedAt, $1.id.text)
        }
        guard let chosen else { return .held(.consentIncomplete, taskFor: .nurse) }
        return .referred(
            ReferralKey(
                offer: file.offer, offerSince: offer.first.revision, acceptedSince: decision.first.revision,
                consent: chosen.id, consentSince: chosen.run.first.revision, listedSince: listing.first.revision))
    }

    private func held(_ open: [Revisions<ConsentTerms>.Run], naming: [Revisions<ConsentTerms>.Run]) -> Standing {
        if open.contains(where: \.first.content.restricted) { return .held(.restricted, taskFor: .nurse) }
        let isAwaited = naming.contains { $0.last.content.lacksGuardian }
        return .held(isAwaited ? .awaitingGuardian : .consentIncomplete, taskFor: .nurse)
    }

    private func isProtected(offer: Revisions<OfferTerms>.Run, decision: Revisions<DecisionTerms>.Run) -> Bool {
        offer.first.content.setting.restricted || decision.first.content.restricted
            || listing?.listed.current?.first.content.restricted ?? false
    }

    /// Whether nothing that a referral follows from has ended. One whose inputs are still to be read again is left
    /// alone.
    private func isGoing(_ referral: SaidReferral) -> Bool {
        referral.key.map { ending(of: $0) == nil } ?? true
    }
}

extension Revisions<ConsentTerms>.Run {
    /// Whether the consent held on a day; a later revision may have prolonged it.
    func isValid(on day: CalendarDay) -> Bool {
        entries.contains { entry in entry.content.validUntil.map { day <= $0 } ?? true }
    }
}
