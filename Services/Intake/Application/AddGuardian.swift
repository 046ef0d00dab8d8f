internal import Events
internal import HTTPServer
internal import Runtime
internal import Store

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
