import Events
import Foundation
import Support

/// The second half of a family's course: an answered form and what follows from it.
extension History {
    private static let instrument = InstrumentReference(
        code: "test", version: "1", sha256: String(repeating: "0", count: 64))
    private static let factors: [(RiskFactor, Int)] = [
        (.childSafety, 20), (.economicWorry, 18), (.lowMood, 15), (.parentalStress, 25), (.alcohol, 6), (.violence, 5),
    ]

    mutating func addForm(
        _ screening: ScreeningID, of parent: RespondentID, at visit: VisitID, _ family: Family
    ) throws {
        let isComplete = !happens(10)
        try say(
            ScreeningAnswered(
                screening: screening, visit: visit, slot: "10m", respondent: parent, instrument: Self.instrument,
                language: "sv", mode: .tablet, help: .unaided, completeness: isComplete ? .complete : .partial,
                answeredCount: isComplete ? 18 : 12), of: family)
        var outcomes: [FactorOutcome] = []
        for (factor, percent) in Self.factors {
            let result: FactorResult = happens(percent) ? .outcome : !isComplete && happens(30) ? .unknown : .noOutcome
            outcomes.append(
                FactorOutcome(factor: factor, result: result, because: [], unanswered: [], rule: "r", change: .first))
        }
        let scored = OutcomeScored(
            screening: screening, visit: visit, slot: "10m", respondent: parent, instrument: Self.instrument,
            factors: outcomes, signals: [], acute: false, cause: .answered)
        try say(scored, of: family)
        self.outcomes.append((scored, family))
        if outcomes.contains(where: { $0.result == .outcome }), happens(70) {
            try addConversation(with: parent, at: visit, family)
        }
    }

    /// Takes some outcomes back; half of their forms come again.
    mutating func takeSomeBack() throws {
        for (outcome, family) in outcomes where happens(20) {
            try say(OutcomeRetracted(screening: outcome.screening, reason: .wrongRespondent), of: family, revision: 2)
            if happens(50) { try say(outcome, of: family, revision: 3) }
        }
    }

    private mutating func addConversation(
        with parent: RespondentID, at visit: VisitID, _ family: Family
    ) throws {
        let conversation = ConversationID(uuid())
        try say(
            ConversationRecorded(
                conversation: conversation, visit: visit, occasion: .visit, respondent: parent, by: .nurse,
                interpreter: false, otherParentPresent: false, factors: []), of: family)
        let kinds: [OfferKind] = [.familyTherapist, .familyTherapist, .bvcFollowUp, .jointVisit, .signpost]
        let offer = OfferID(uuid())
        let kind = kinds[below(kinds.count)]
        try say(
            SupportOfferMade(
                offer: offer, conversation: conversation, respondent: parent, factors: [], kind: kind, suggested: []),
            of: family)
        let decisions: [OfferDecision] = [.accepted, .accepted, .accepted, .declined, .considering]
        let decision = decisions[below(decisions.count)]
        try say(SupportOfferDecided(offer: offer, decision: decision, via: .visit), of: family)
        if decision == .declined, happens(30) {
            try say(SupportOfferDecided(offer: offer, decision: .accepted, via: .phone), of: family, revision: 2)
        }
        if decision == .accepted, kind == .familyTherapist || kind == .jointVisit {
            try addConsent(to: offer, kind, by: parent, family)
        }
    }

    private mutating func addConsent(
        to offer: OfferID, _ kind: OfferKind, by parent: RespondentID, _ family: Family
    ) throws {
        let consent = ConsentID(uuid())
        func given(complete: Bool) -> ConsentGiven {
            ConsentGiven(
                consent: consent, offer: offer, about: .both, giver: parent, guardiansNeeded: 2,
                guardiansGiven: complete ? 2 : 1, purpose: "support", categories: [.contact], feedback: .contactMade,
                form: .oral, complete: complete)
        }
        let isComplete = !happens(20)
        try say(given(complete: isComplete), of: family)
        guard isComplete, !family.isProtected else {
            let reason: HeldReason = family.isProtected ? .restricted : .awaitingGuardian
            try say(ReferralHeld(offer: offer, reason: reason, taskFor: .nurse), of: family)
            guard !family.isProtected, happens(50) else { return }
            try say(given(complete: true), of: family, revision: 2)
            return try addReferral(of: offer, consent, kind, family)
        }
        if happens(5) {
            return try say(ConsentWithdrawn(consent: consent, scope: .all), of: family)
        }
        try addReferral(of: offer, consent, kind, family)
    }

    private mutating func addReferral(
        of offer: OfferID, _ consent: ConsentID, _ kind: OfferKind, _ family: Family
    ) throws {
        let referral = ReferralID(uuid())
        try say(
            ReferralRequested(
                referral: referral, referenceNumber: "R-1", thread: ThreadID(uuid()), offer: offer, consent: consent,
                recipient: "2380-family", kind: kind, urgency: .routine, language: "sv", interpreter: false,
                contactListVersion: "1", ruleVersion: "1"), of: family)
        let delivery = DeliveryID(uuid())
        guard !happens(8) else {
            return try say(
                NotificationExhausted(
                    delivery: delivery, referral: referral, channel: .webhook, attempts: 9, errorClass: .timeout),
                of: family)
        }
        try say(
            NotificationDelivered(
                delivery: delivery, referral: referral, channel: .webhook, attempt: 1, latencySeconds: 3), of: family)
        guard happens(70) else { return }
        try say(
            ReferralAnswered(
                referral: referral, answer: .accepted, proposedTimes: [], channel: .webhook, by: "2380-family"),
            of: family)
        try say(
            ReferralChanged(referral: referral, from: .requested, to: .accepted, by: .familyTherapist), of: family)
        guard happens(50) else { return }
        try say(
            ReferralChanged(
                referral: referral, from: .accepted, to: .completed, by: .familyTherapist, closing: .done),
            of: family, revision: 2)
    }
}
