internal import Events
internal import Foundation
internal import Runtime
internal import Store

/// Consents and who gave them: SQL only.
enum ConsentTable {
    static func find(_ consent: ConsentID, in store: ReadScope) throws -> StandingConsent? {
        try store.first(
            "SELECT consent, child, offer, given, event, withdrawn, withdrawals FROM consent WHERE consent = ?",
            .uuid(consent.uuid), read: read)
    }

    /// The consent for an offer that was given last.
    static func last(for offer: OfferID, in store: ReadScope) throws -> StandingConsent? {
        try store.first(
            """
            SELECT consent, child, offer, given, event, withdrawn, withdrawals
            FROM consent WHERE offer = ? ORDER BY consent DESC LIMIT 1
            """, .uuid(offer.uuid), read: read)
    }

    /// Keeps a consent as its event told it.
    static func write(
        _ given: Event<ConsentGiven>, bytes: [UInt8], event: EventID, of child: ChildID, in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO consent (consent, child, offer, revision, complete, given, event) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET offer = excluded.offer, revision = excluded.revision,
                complete = excluded.complete, given = excluded.given, event = excluded.event
                WHERE excluded.revision > revision
            """,
            .uuid(given.body.consent.uuid), .uuid(child.uuid), .uuid(given.body.offer.uuid),
            .int(given.common.revision), .bool(given.body.complete), .blob(bytes), .blob(event.bytes))
    }

    /// Keeps that a consent was withdrawn. What was withdrawn whole stays so.
    static func write(
        _ withdrawn: ConsentWithdrawn, revision: Int, of child: ChildID, in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO consent (consent, child, offer, revision, complete, withdrawn, withdrawals)
            VALUES (?, ?, zeroblob(16), 0, 0, ?, ?)
            ON CONFLICT DO UPDATE SET withdrawn = excluded.withdrawn, withdrawals = excluded.withdrawals
                WHERE excluded.withdrawals > withdrawals
            """,
            .uuid(withdrawn.consent.uuid), .uuid(child.uuid), .text(withdrawn.scope.rawValue), .int(revision))
    }

    /// All who have consented.
    static func consenting(to consent: ConsentID, in store: ReadScope) throws -> Set<RespondentID> {
        Set(
            try store.all("SELECT respondent FROM consent_guardian WHERE consent = ?", .uuid(consent.uuid)) {
                RespondentID(try $0.uuid(0))
            })
    }

    static func add(
        _ respondent: RespondentID, to consent: ConsentID, of child: ChildID, at givenAt: Timestamp,
        in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO consent_guardian (consent, respondent, child, given_at) VALUES (?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """, .uuid(consent.uuid), .uuid(respondent.uuid), .uuid(child.uuid), .time(givenAt))
    }

    private static func read(_ row: Row) throws -> StandingConsent {
        StandingConsent(
            id: ConsentID(try row.uuid(0)), child: ChildID(try row.uuid(1)), offer: OfferID(try row.uuid(2)),
            given: try row.blobIfAny(3).map { try EventCodec.decode(Event<ConsentGiven>.self, from: $0) },
            event: row.blobIfAny(4).flatMap { UUID(bytes: $0) }.map { EventID($0) },
            withdrawn: row.textIfAny(5).flatMap { WithdrawalScope(rawValue: $0) }, withdrawals: row.int(6))
    }
}
