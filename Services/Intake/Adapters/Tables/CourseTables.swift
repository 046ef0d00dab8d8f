internal import Events
internal import Foundation
internal import Store

/// What other services said: SQL only.
enum CourseTables {
    static func keep(
        _ scored: Event<OutcomeScored>, bytes: [UInt8], of child: ChildID, in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO outcome (screening, child, revision, has_outcome, scored) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET child = excluded.child, revision = excluded.revision,
                has_outcome = excluded.has_outcome, scored = excluded.scored WHERE excluded.revision > revision
            """,
            .uuid(scored.body.screening.uuid), .uuid(child.uuid), .int(scored.common.revision),
            .bool(scored.body.factors.contains { $0.result == .outcome }), .blob(bytes))
    }

    /// Takes an outcome back, also one that has not come yet: its types share one sequence of revisions.
    static func keep(
        _ retracted: Event<OutcomeRetracted>, of child: ChildID, in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO outcome (screening, child, revision) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET child = excluded.child, revision = excluded.revision, has_outcome = NULL,
                scored = NULL WHERE excluded.revision > revision
            """,
            .uuid(retracted.body.screening.uuid), .uuid(child.uuid), .int(retracted.common.revision))
    }

    static func keep(_ recipient: RecipientChanged, bytes: [UInt8], in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO recipient (recipient, municipality, kind, changed) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET municipality = excluded.municipality, kind = excluded.kind,
                changed = excluded.changed
            """, .text(recipient.recipient), .text(recipient.municipality), .text(recipient.kind.rawValue),
            .blob(bytes))
    }

    static func keep(_ list: ContactListPublished, bytes: [UInt8], in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO contact_list (municipality, version, published) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET version = excluded.version, published = excluded.published
            """, .text(list.municipality), .text(list.version), .blob(bytes))
    }

    /// A change may have come before: then only what it didn't tell is added.
    static func keep(_ referral: ReferralRequested, of child: ChildID, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO referral (referral, child, offer, reference, state, changes) VALUES (?, ?, ?, ?, ?, 0)
            ON CONFLICT DO UPDATE SET offer = excluded.offer, reference = excluded.reference
            """,
            .uuid(referral.referral.uuid), .uuid(child.uuid), .uuid(referral.offer.uuid),
            .text(referral.referenceNumber), .text(ReferralState.requested.rawValue))
    }

    static func keep(
        _ referral: ReferralChanged, revision: Int, of child: ChildID, in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO referral (referral, child, state, closing, changes) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET state = excluded.state, closing = excluded.closing, changes = excluded.changes
                WHERE excluded.changes > changes
            """,
            .uuid(referral.referral.uuid), .uuid(child.uuid), .text(referral.to.rawValue),
            .maybe(referral.closing?.rawValue), .int(revision))
    }

    static func keep(_ held: ReferralHeld, of child: ChildID, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO held (offer, child, reason) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET reason = excluded.reason
            """, .uuid(held.offer.uuid), .uuid(child.uuid), .text(held.reason.rawValue))
    }

    /// The kind of a recipient, when its municipality has told it.
    static func kind(of recipient: String, in store: ReadScope) throws -> RecipientKind? {
        try store.first("SELECT kind FROM recipient WHERE recipient = ?", .text(recipient)) {
            RecipientKind(rawValue: $0.text(0))
        } ?? nil
    }

    /// The event that told a form's outcome, and its child; nil when there is none, or none any more.
    static func outcome(
        of screening: ScreeningID, in store: ReadScope
    ) throws -> (child: ChildID, event: [UInt8])? {
        try store.first(
            "SELECT child, scored FROM outcome WHERE screening = ? AND scored IS NOT NULL", .uuid(screening.uuid)
        ) { (ChildID(try $0.uuid(0)), $0.blob(1)) }
    }
}

extension CourseTables {
    /// The referral that an offer led to, the last one if it was sent again.
    static func referral(for offer: OfferID, in store: ReadScope) throws -> OfferAnswer.Referral? {
        try store.first(
            "SELECT reference, state, closing FROM referral WHERE offer = ? ORDER BY rowid DESC LIMIT 1",
            .uuid(offer.uuid)
        ) { OfferAnswer.Referral(referenceNumber: $0.textIfAny(0), state: $0.text(1), closing: $0.textIfAny(2)) }
    }

    /// Why an offer waits.
    static func heldReason(of offer: OfferID, in store: ReadScope) throws -> String? {
        try store.first("SELECT reason FROM held WHERE offer = ?", .uuid(offer.uuid)) { $0.text(0) }
    }
}
