internal import Delivery
internal import Events
internal import HTTPServer
internal import Runtime
internal import Store

/// Records a consent: who lifts secrecy, about whom, towards which recipient, for what (DESIGN 4.4).
struct GiveConsent: Sendable {
    let record: ConsentRecord
    let pointer: String

    /// The consent of the parent to whom the offer was made, and of the guardians who consented at once.
    func perform(
        _ offer: Offer, of child: Child, _ respondents: [Respondent], _ write: Write, in transaction: Transaction
    ) throws {
        try check(offer, child, respondents, in: transaction)
        try write.refuseFuture(record.givenAt, at: "\(pointer)/givenAt")
        if let standing = try ConsentTable.last(for: offer.id, in: transaction), standing.withdrawn != .all {
            throw Problem.conflict("A consent for this offer stands already.")
        }
        let consenting = Set([offer.respondent] + record.guardians)
        let completeness = ConsentCompleteness(
            about: record.about, consenting: consenting, respondents: respondents)
        let consent = ConsentGiven(
            consent: write.newID(), offer: offer.id, about: record.about, giver: offer.respondent,
            guardiansNeeded: completeness.needed, guardiansGiven: completeness.given,
            recipient: child.isRestricted ? nil : record.recipient, purpose: record.purpose,
            categories: record.categories, feedback: record.feedback, form: record.form,
            validUntil: record.validUntil, complete: completeness.isComplete)
        for respondent in consenting {
            try ConsentTable.add(
                respondent, to: consent.consent, of: child.id, at: record.givenAt, in: transaction)
        }
        try write.say(consent, about: child, at: record.givenAt, in: transaction)
    }

    private func check(
        _ offer: Offer, _ child: Child, _ respondents: [Respondent], in transaction: Transaction
    ) throws {
        var faults: [Problem.Fault] = []
        for (index, guardian) in record.guardians.enumerated()
        where !respondents.contains(where: { $0.id == guardian }) {
            faults.append(.init("is not a respondent of the child", at: "\(pointer)/guardians/\(index)"))
        }
        guard let kinds = offer.kind.recipientKinds else {
            throw Problem.unprocessable(
                "Nothing is sent for this kind of offer.",
                errors: [.init("goes with kinds of offers that are sent to somebody", at: pointer)])
        }
        if record.recipient == nil, !child.isRestricted {
            faults.append(.init("is required: a consent names who may receive", at: "\(pointer)/recipient"))
        }
        if let recipient = record.recipient {
            if let offered = offer.recipient, offered != recipient {
                faults.append(.init("is another recipient than was offered", at: "\(pointer)/recipient"))
            }
            if let kind = try CourseTables.kind(of: recipient, in: transaction), !kinds.contains(kind) {
                faults.append(.init("is not the function that was offered", at: "\(pointer)/recipient"))
            }
        }
        guard faults.isEmpty else { throw Problem.unprocessable("The consent can't be so.", errors: faults) }
    }
}

/// Adds a further guardian's consent: the consent's next revision. The same guardian again changes nothing.
struct AddGuardian: Sendable {
    let consent: ConsentID
    let guardian: RespondentID
    let givenAt: Timestamp

    func perform(_ write: Write, in transaction: Transaction) throws -> (child: ChildID, answer: OfferAnswer.Consent) {
        let (standing, child) = try StandingConsent.find(consent, write, in: transaction)
        guard let given = standing.given else { throw Problem.notFound }
        let respondents = try ChildTable.respondents(of: child.id, in: transaction)
        guard respondents.contains(where: { $0.id == guardian && $0.guardian != .no }) else {
            throw Problem.unprocessable(
                "No guardian.", errors: [.init("is not a guardian of the child", at: "#/guardian")])
        }
        try write.refuseFuture(givenAt, at: "#/givenAt")
        var consenting = try ConsentTable.consenting(to: consent, in: transaction)
        if !consenting.insert(guardian).inserted {
            try write.audit("consent.repeated", child.id, consent.text, in: transaction)
            return (child.id, OfferAnswer.Consent(standing))
        }
        guard standing.withdrawn != .all else { throw Problem.conflict("The consent is withdrawn.") }
        let completeness = ConsentCompleteness(
            about: given.body.about, consenting: consenting, respondents: respondents)
        try ConsentTable.add(guardian, to: consent, of: child.id, at: givenAt, in: transaction)
        var body = given.body
        body.guardiansNeeded = completeness.needed
        // After a restore the store doesn't know of every guardian whom the event had counted.
        body.guardiansGiven = max(completeness.given, given.body.guardiansGiven)
        body.complete = completeness.isComplete || given.body.complete
        try write.say(
            body, about: child, at: givenAt, revision: given.common.revision + 1, replaces: standing.event,
            in: transaction)
        try write.audit("consent.given", child.id, consent.text, in: transaction)
        let now = try StandingConsent.find(consent, write, in: transaction).standing
        return (child.id, OfferAnswer.Consent(now))
    }
}

/// Withdraws a consent, whole or as to what may be told back. The same again changes nothing.
struct WithdrawConsent: Sendable {
    let consent: ConsentID
    let scope: WithdrawalScope
    let withdrawnAt: Timestamp

    func perform(_ write: Write, in transaction: Transaction) throws -> (child: ChildID, answer: OfferAnswer.Consent) {
        let (standing, child) = try StandingConsent.find(consent, write, in: transaction)
        try write.refuseFuture(withdrawnAt, at: "#/withdrawnAt")
        if standing.withdrawn != .all, standing.withdrawn != scope {
            let revision = standing.withdrawals + 1
            let body = ConsentWithdrawn(consent: consent, scope: scope)
            try write.say(body, about: child, at: withdrawnAt, revision: revision, in: transaction)
            try ConsentTable.write(body, revision: revision, of: child.id, in: transaction)
        }
        try write.audit("consent.withdrawn", child.id, consent.text, in: transaction)
        return (child.id, OfferAnswer.Consent(try StandingConsent.find(consent, write, in: transaction).standing))
    }
}

extension StandingConsent {
    /// The consent with its child, for a caller who may act for it.
    fileprivate static func find(
        _ consent: ConsentID, _ write: Write, in transaction: Transaction
    ) throws -> (standing: StandingConsent, child: Child) {
        guard let standing = try ConsentTable.find(consent, in: transaction),
            let child = try ChildTable.find(standing.child, in: transaction)
        else { throw Problem.notFound }
        guard write.mayActFor(child) else { throw Problem.forbidden }
        return (standing, child)
    }
}

extension Write {
    /// Says a consent as it stands from now on, and keeps it.
    fileprivate func say(
        _ consent: ConsentGiven, about child: Child, at givenAt: Timestamp, revision: Int = 1,
        replaces: EventID? = nil, in transaction: Transaction
    ) throws {
        let event = Event(common(child, at: givenAt, revision: revision, replaces: replaces), consent)
        let saying = try Saying(event, child: child.id)
        let id = try say(saying, in: transaction)
        try ConsentTable.write(event, bytes: saying.value, event: id, of: child.id, in: transaction)
    }
}
