internal import Events
internal import HTTPServer
internal import Runtime
internal import Store

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
