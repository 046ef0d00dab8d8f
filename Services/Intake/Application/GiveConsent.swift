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
