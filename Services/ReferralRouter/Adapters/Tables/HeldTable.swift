internal import Events
internal import Store

/// The table of what was said last about offers being held: SQL only.
enum HeldTable {
    static func find(_ offer: OfferID, in store: ReadScope) throws -> SaidHeld? {
        try store.first(
            "SELECT child, reason, task_for, revision, standing FROM held WHERE offer = ?", .uuid(offer.uuid)
        ) { row in
            SaidHeld(
                offer: offer, child: ChildID(try row.uuid(0)), reason: HeldReason(rawValue: row.text(1)),
                taskFor: ActorRole(rawValue: row.text(2)), revision: row.int(3), isStanding: row.bool(4))
        }
    }

    static func write(_ held: SaidHeld, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO held (offer, child, reason, task_for, revision, standing) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET reason = excluded.reason, task_for = excluded.task_for,
                revision = excluded.revision, standing = excluded.standing WHERE excluded.revision >= revision
            """,
            .uuid(held.offer.uuid), .uuid(held.child.uuid), .text(held.reason.rawValue), .text(held.taskFor.rawValue),
            .int(held.revision), .bool(held.isStanding))
    }
}
