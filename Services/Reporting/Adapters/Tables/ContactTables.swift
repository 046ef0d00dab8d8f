internal import Events
internal import Store

/// Referrals, deliveries and the municipalities' answers.
enum ContactTables {
    static func write(_ fact: Fact, of child: ChildID, in transaction: Transaction) throws {
        let child = SQLValue.uuid(child.uuid)
        switch fact {
        case .referral(let referral, let offer):
            try transaction.execute(
                """
                INSERT INTO referral (referral, child, offer) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET offer = excluded.offer
                """, .uuid(referral.uuid), child, .uuid(offer.uuid))
        case .referralState(let referral, let state, let closing):
            try transaction.execute(
                """
                INSERT INTO referral (referral, child, state, closing) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET state = excluded.state, closing = excluded.closing
                """, .uuid(referral.uuid), child, .text(state.rawValue), .maybe(closing))
        case .answer(let referral, let answer):
            try transaction.execute(
                """
                INSERT INTO referral (referral, child, answer) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET answer = excluded.answer
                """, .uuid(referral.uuid), child, .text(answer.rawValue))
        case .delivered(let delivery, let referral):
            try transaction.execute(
                """
                INSERT INTO delivery (delivery, child, referral, delivered) VALUES (?, ?, ?, 1)
                ON CONFLICT DO UPDATE SET delivered = 1
                """, .uuid(delivery.uuid), child, .uuid(referral.uuid))
        case .exhausted(let delivery, let referral):
            try transaction.execute(
                """
                INSERT INTO delivery (delivery, child, referral, exhausted) VALUES (?, ?, ?, 1)
                ON CONFLICT DO UPDATE SET exhausted = 1
                """, .uuid(delivery.uuid), child, .uuid(referral.uuid))
        default: break
        }
    }
}
