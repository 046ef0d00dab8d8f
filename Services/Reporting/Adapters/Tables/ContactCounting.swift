internal import Events
internal import Store

/// Counts consents and referrals, each where its offer was made.
enum ContactCounting {
    static func add(to tally: inout Tally, in store: ReadScope) throws {
        try store.forEach(
            """
            SELECT o.unit, o.residence, p.child IS NOT NULL,
                CASE WHEN c.withdrawn = 'all' THEN 'withdrawn' WHEN c.complete THEN 'complete' ELSE 'incomplete' END,
                count(*)
            FROM consent c JOIN offer o ON o.offer = c.offer LEFT JOIN protected p ON p.child = c.child
            WHERE o.kind IS NOT NULL GROUP BY 1, 2, 3, 4
            """
        ) { row in
            tally.add(row.int(4), ["consents", .init("consents", row.text(3))], at: tally.leaf(row))
            return true
        }
        try store.forEach(
            """
            SELECT o.unit, o.residence, p.child IS NOT NULL,
                r.referral IN (SELECT referral FROM delivery WHERE delivered = 1), r.answer IS NOT NULL,
                coalesce(r.state IN ('completed', 'rejected', 'cancelled', 'failed', 'entered-in-error'), 0), count(*)
            FROM referral r JOIN offer o ON o.offer = r.offer LEFT JOIN protected p ON p.child = r.child
            WHERE o.kind IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6
            """
        ) { row in
            let codes: [IndicatorCode] = [
                "referrals", row.bool(3) ? "referrals.delivered" : "referrals.undelivered",
                row.bool(4) ? "referrals.answered" : "referrals.unanswered",
                row.bool(5) ? "referrals.closed" : "referrals.open",
            ]
            tally.add(row.int(6), codes, at: tally.leaf(row))
            return true
        }
    }
}
