internal import Delivery
internal import Events
internal import Foundation
internal import Runtime
internal import Store

/// Begins what is due and may begin: the check and its record in one transaction, before anything leaves.
struct AttemptBeginning: Sendable {
    let endpoints: [String: Endpoint]
    let outcome: AttemptOutcome
    /// Whether the ends of consents and referrals were seen lately; asked for each attempt.
    let viewIsFresh: @Sendable (Timestamp) -> Bool

    /// A delivery whose time has come.
    private struct Due {
        let delivery: DeliveryID
        let referral: ReferralID
        let notice: Notice
        let due: Timestamp
        let attempts: Int
        let body: [UInt8]?
    }

    /// Recipients to whom something is due.
    static func dueRecipients(at now: Timestamp, in store: ReadScope) throws -> [String] {
        try store.all(
            """
            SELECT DISTINCT recipient FROM delivery
            WHERE state = 'waiting' AND held_by IS NULL AND started_at IS NULL AND due <= ? ORDER BY recipient
            """, .time(now)
        ) { $0.text(0) }
    }

    /// Begins attempts of the recipients, each at most as many as it has slots, the longest due first.
    ///
    /// What goes into an inbox is delivered by this alone; the attempts that are returned are still to be sent.
    func begin(_ slots: [String: Int], now: Timestamp, in transaction: Transaction) throws -> [Attempt] {
        let today = try SwedishDay.at(now)
        var begun: [Attempt] = []
        for (recipient, count) in slots.sorted(by: { $0.key < $1.key }) {
            for due in try due(to: recipient, at: now, countMax: count, in: transaction) {
                guard let dossier = try DeliveryTable.dossier(of: due.referral, in: transaction),
                    let request = try ReferralTable.find(due.referral, in: transaction)
                else { continue }
                let phone = try request.event.common.unit.flatMap {
                    try RecipientTable.phone(ofUnit: $0, in: transaction)
                }
                // A withdrawal that is parked was read all the same: the ends alone don't tell.
                let isComplete = try !WaitingRecords.exist(
                    of: request.child, on: NotifierSettings.watchedTopics, in: transaction)
                let check = AttemptCheck(
                    notice: due.notice, dossier: dossier, today: today, viewIsFresh: isComplete && viewIsFresh(now),
                    unitPhone: phone, channels: try RecipientTable.find(recipient, in: transaction)?.channels,
                    endpoint: try endpoint(of: recipient, in: transaction))
                switch check.verdict() {
                case .notNow: continue
                case .stop:
                    try DeliveryTable.apply(
                        [.stop(due.delivery)], to: dossier.request, child: request.child, in: transaction)
                case .hold(let reason): try DeliveryTable.hold(due.delivery, because: reason, in: transaction)
                case .begin(let means):
                    let body =
                        try due.body
                        ?? NoticeBody(
                            due.notice, of: dossier, referenceNumber: request.event.body.referenceNumber,
                            unitPhone: phone ?? ""
                        ).bytes()
                    let attempt = try record(
                        due, to: recipient, by: means, about: request.child, body: body, now: now, in: transaction)
                    switch means {
                    case .webhook: begun.append(attempt)
                    case .inbox: try outcome.record(.taken, of: attempt, by: .inbox, now: now, in: transaction)
                    }
                }
            }
        }
        return begun
    }

    private func due(
        to recipient: String, at now: Timestamp, countMax: Int, in store: ReadScope
    ) throws -> [Due] {
        try store.all(
            """
            SELECT delivery, referral, notice, due, attempts, body FROM delivery
            WHERE recipient = ? AND state = 'waiting' AND held_by IS NULL AND started_at IS NULL AND due <= ?
            ORDER BY due, delivery LIMIT ?
            """, .text(recipient), .time(now), .int(countMax)
        ) { row in
            Due(
                delivery: DeliveryID(try row.uuid(0)), referral: ReferralID(try row.uuid(1)),
                notice: row.text(2) == Notice.recalled.rawValue ? .recalled : .requested, due: row.time(3),
                attempts: row.int(4), body: row.blobIfAny(5))
        }
    }

    private func endpoint(of recipient: String, in store: ReadScope) throws -> AttemptCheck.Endpoint {
        guard let endpoint = endpoints[recipient] else { return .unknown }
        return try RecipientTable.isGone(recipient, url: endpoint.url, in: store) ? .gone : .ready
    }

    /// Puts the attempt's beginning into the store, and the notice into the recipient's inbox.
    private func record(
        _ due: Due, to recipient: String, by means: AttemptCheck.Means, about child: ChildID, body: [UInt8],
        now: Timestamp, in transaction: Transaction
    ) throws -> Attempt {
        try transaction.execute(
            "UPDATE delivery SET started_at = ?, body = ? WHERE delivery = ?", .time(now), .blob(body),
            .uuid(due.delivery.uuid))
        try transaction.execute(
            "INSERT INTO released (delivery, child, recipient) VALUES (?, ?, ?) ON CONFLICT (delivery) DO NOTHING",
            .uuid(due.delivery.uuid), .uuid(child.uuid), .text(recipient))
        let row = try transaction.insert(
            "INSERT INTO attempt (delivery, child, number, channel, started_at) VALUES (?, ?, ?, ?, ?)",
            .uuid(due.delivery.uuid), .uuid(child.uuid), .int(due.attempts + 1), .text(means.channel.rawValue),
            .time(now))
        return Attempt(
            delivery: due.delivery, notice: due.notice, referral: due.referral, recipient: recipient,
            number: due.attempts + 1, due: due.due, row: row, body: body)
    }
}
