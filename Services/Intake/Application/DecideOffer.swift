internal import Events
internal import HTTPServer
internal import Store

/// Records what a parent decided about an offer, at once or months later: each decision is the offer's next revision.
///
/// Offer and instant are the natural key: the same again changes nothing, another decision at the same instant is a
/// conflict. A decision can't be earlier than the one that stands, and only what was accepted can be withdrawn.
struct DecideOffer: Sendable {
    let record: DecisionRecord
    var pointer = "#"

    /// A decision about an offer that is known by its id only, with the consent that was given along with it.
    static func perform(
        _ id: OfferID, _ decision: DecisionRecord, _ consent: ConsentRecord?, _ write: Write,
        in transaction: Transaction
    ) throws -> (child: ChildID, answer: OfferAnswer) {
        guard let offer = try OfferTables.find(id, in: transaction),
            let child = try ChildTable.find(offer.child, in: transaction)
        else { throw Problem.notFound }
        guard write.mayActFor(child) else { throw Problem.forbidden }
        let isNew = try DecideOffer(record: decision).perform(offer, of: child, write, in: transaction)
        if let consent {
            guard decision.decision == .accepted else {
                throw Problem.unprocessable(
                    "No consent goes with this.",
                    errors: [.init("goes with an offer that was accepted", at: "#/consent")])
            }
            if isNew {
                let respondents = try ChildTable.respondents(of: child.id, in: transaction)
                try GiveConsent(record: consent, pointer: "#/consent")
                    .perform(offer, of: child, respondents, write, in: transaction)
            }
        }
        try write.audit("offer.decided", child.id, id.text, in: transaction)
        return (child.id, try OfferAnswer(offer, in: transaction))
    }

    /// - Returns: false when the decision was recorded before.
    @discardableResult
    func perform(_ offer: Offer, of child: Child, _ write: Write, in transaction: Transaction) throws -> Bool {
        try write.refuseFuture(record.decidedAt, at: "\(pointer)/decidedAt")
        if let slot = record.askAgainAt, write.intake.registry.slot(slot) == nil {
            throw Problem.unprocessable(
                "No such slot.", errors: [.init("is not a visit slot", at: "\(pointer)/askAgainAt")])
        }
        if let same = try DecisionTable.taken(at: record.decidedAt, about: offer.id, in: transaction) {
            guard same.record == record else {
                throw Problem.conflict("Another decision about this offer is recorded for this instant.")
            }
            return false
        }
        let last = try DecisionTable.last(of: offer.id, in: transaction)
        try refuseImpossible(after: last?.record)
        let revision = (last?.revision ?? 0) + 1
        let event = try write.say(
            SupportOfferDecided(
                offer: offer.id, decision: record.decision, reason: record.reason, askAgainAt: record.askAgainAt,
                via: record.via),
            about: child, at: record.decidedAt, revision: revision, replaces: last?.event, in: transaction)
        try DecisionTable.write(
            StandingDecision(revision: revision, record: record, event: event), about: offer.id, of: child.id,
            in: transaction)
        return true
    }

    private func refuseImpossible(after last: DecisionRecord?) throws {
        if let last, record.decidedAt < last.decidedAt {
            throw Problem.unprocessable(
                "A later decision stands.",
                errors: [.init("is earlier than the decision that stands", at: "\(pointer)/decidedAt")])
        }
        if record.decision == .withdrawn, last?.decision != .accepted {
            throw Problem.unprocessable(
                "Nothing was accepted.",
                errors: [.init("withdraws what was not accepted", at: "\(pointer)/decision")])
        }
    }
}
