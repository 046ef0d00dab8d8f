internal import Events
internal import Store

/// The table of forms that were taken back: SQL only.
enum RetractedTable {
    /// A retracted form with its revision as it was counted, whatever the floor.
    static func find(_ screening: ScreeningID, in store: ReadScope) throws -> RetractedForm? {
        try store.first(
            """
            SELECT child, form_revision, outcome_revision, reason, members, record, event FROM retracted
            WHERE screening = ?
            """, .uuid(screening.uuid)
        ) { try read($0, screening) }
    }

    private static func read(_ row: Row, _ screening: ScreeningID) throws -> RetractedForm {
        RetractedForm(
            screening: screening, child: ChildID(try row.uuid(0)), formRevision: row.int(1),
            outcomeRevision: row.int(2), reason: RetractionReason(rawValue: row.text(3)),
            common: try EventCodec.decode(part: CommonMembers.self, from: row.blob(4)), record: try row.uuid(5),
            lastEvent: try row.uuidIfAny(6).map { EventID($0) })
    }

    static func write(_ form: RetractedForm, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO retracted
                (screening, child, form_revision, outcome_revision, reason, members, record, event)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET child = excluded.child, form_revision = excluded.form_revision,
                outcome_revision = excluded.outcome_revision, reason = excluded.reason, members = excluded.members,
                record = excluded.record, event = excluded.event
            """,
            .uuid(form.screening.uuid), .uuid(form.child.uuid), .int(form.formRevision), .int(form.outcomeRevision),
            .text(form.reason.rawValue), .blob(try EventCodec.encode(part: form.common)), .uuid(form.record),
            .maybe(form.lastEvent?.uuid))
    }

    static func remove(_ screening: ScreeningID, in transaction: Transaction) throws {
        try transaction.execute("DELETE FROM retracted WHERE screening = ?", .uuid(screening.uuid))
    }
}
