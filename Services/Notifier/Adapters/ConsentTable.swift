internal import Events
internal import Store

/// The table of consents: SQL only.
enum ConsentTable {
    static func find(_ consent: ConsentID, in store: ReadScope) throws -> KnownConsent? {
        try store.first(
            """
            SELECT given, recipient, complete, feedback, valid_until, withdrawn_at, feedback_withdrawn
            FROM consent WHERE consent = ?
            """, .uuid(consent.uuid)
        ) { row in
            let given = KnownConsent.Given(
                recipient: row.textIfAny(1), complete: row.bool(2),
                feedback: Feedback(rawValue: row.text(3)) ?? .nothing,
                validUntil: row.textIfAny(4).flatMap { CalendarDay($0) })
            return KnownConsent(
                given: row.bool(0) ? given : nil, withdrawnAt: row.timeIfAny(5), feedbackWithdrawn: row.bool(6))
        }
    }

    static func write(
        _ consent: KnownConsent, as id: ConsentID, child: ChildID, in transaction: Transaction
    ) throws {
        let given = consent.given
        try transaction.execute(
            """
            INSERT INTO consent
                (consent, child, given, recipient, complete, feedback, valid_until, withdrawn_at, feedback_withdrawn)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET given = excluded.given, recipient = excluded.recipient,
                complete = excluded.complete, feedback = excluded.feedback, valid_until = excluded.valid_until,
                withdrawn_at = excluded.withdrawn_at, feedback_withdrawn = excluded.feedback_withdrawn
            """,
            .uuid(id.uuid), .uuid(child.uuid), .bool(given != nil), .maybe(given?.recipient),
            .bool(given?.complete ?? false), .text((given?.feedback ?? .nothing).rawValue),
            .maybe(given?.validUntil?.text), .maybe(consent.withdrawnAt), .bool(consent.feedbackWithdrawn))
    }
}
