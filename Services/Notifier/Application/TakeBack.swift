internal import Delivery
internal import Events
internal import Store

/// Writes deliveries and answers again from the notifier's own events, after its store came from a backup. What they
/// were about arrives when the other topics are read again.
enum TakeBack {
    static func apply(_ event: ReceivedEvent, in transaction: Transaction) throws {
        guard let child = event.child else { return }
        switch event.envelope.eventType {
        case .notificationDelivered:
            let body = try event.decoded(as: NotificationDelivered.self).body
            try settle(
                body.delivery, .delivered, of: body.referral, attempts: body.attempt, about: child, in: transaction)
        case .notificationExhausted:
            let body = try event.decoded(as: NotificationExhausted.self).body
            try settle(
                body.delivery, .exhausted, of: body.referral, attempts: body.attempts, about: child, in: transaction)
        case .referralAnswered:
            let answered = try event.decoded(as: ReferralAnswered.self)
            let answer = GivenAnswer(
                code: answered.body.answer, reason: answered.body.reason, proposedTimes: answered.body.proposedTimes)
            try AnswerTable.insert(
                AnswerTable.Recorded(
                    revision: answered.common.revision, answer: answer, answeredAt: answered.common.occurredAt),
                to: answered.body.referral, about: child, caller: nil, key: nil, in: transaction)
        default: break
        }
    }

    private static func settle(
        _ delivery: DeliveryID, _ state: PlannedDelivery.State, of referral: ReferralID, attempts: Int,
        about child: ChildID, in transaction: Transaction
    ) throws {
        let notice =
            Notice.allCases.first { $0.delivery(of: referral) == delivery } ?? .requested
        // The recipient is written when the referral is read again.
        try transaction.execute(
            """
            INSERT INTO delivery
                (delivery, child, referral, notice, recipient, state, due, attempts, may_have_arrived)
            VALUES (?, ?, ?, ?, '', ?, 0, ?, 1)
            ON CONFLICT (delivery) DO UPDATE SET state = excluded.state, attempts = excluded.attempts,
                started_at = NULL, held_by = NULL, may_have_arrived = 1
            """,
            .uuid(delivery.uuid), .uuid(child.uuid), .uuid(referral.uuid), .text(notice.rawValue),
            .text(state.rawValue), .int(attempts))
        try transaction.execute(
            "INSERT INTO released (delivery, child, recipient) VALUES (?, ?, '') ON CONFLICT (delivery) DO NOTHING",
            .uuid(delivery.uuid), .uuid(child.uuid))
    }
}
