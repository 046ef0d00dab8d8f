internal import Delivery
internal import Events
internal import Runtime
internal import Store

/// Assesses the offers anew that were held for want of a recipient: at the start, when the file may tell one.
struct ReassessUnplaced: Sendable {
    /// Offers assessed in one transaction.
    private static let offersMax = 200

    let recipients: Recipients
    let outbox: Outbox
    let cause: Cause
    let now: Timestamp

    func run(in store: Store) async throws {
        var last: OfferID?
        repeat {
            let after = last
            last = try await store.write { try assess(after: after, in: $0) }
        } while last != nil
    }

    /// - Returns: the last offer that was looked at; nil when there was none.
    private func assess(after: OfferID?, in transaction: Transaction) throws -> OfferID? {
        let code = Standing.held(.noRecipient, taskFor: .localCoordinator).code
        let offers = try OfferTable.standing(code, after: after, max: Self.offersMax, in: transaction)
        for (offer, child) in offers {
            let known = try OfferCases.load(offer, of: child, from: transaction)
            let assessed = try ReassessOffer(known, among: recipients)
            for change in assessed.changes { try change.write(in: transaction) }
            for saying in assessed.says { try outbox.say(saying, because: cause, now: now, in: transaction) }
        }
        return offers.last?.0
    }
}
