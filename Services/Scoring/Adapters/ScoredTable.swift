internal import Events
internal import Foundation
internal import Store

/// The table of scored forms: SQL only.
enum ScoredTable {
    /// What is known of a screening.
    static func standing(of screening: ScreeningID, in store: ReadScope) throws -> Standing {
        let scored = try store.first(
            """
            SELECT child, respondent, age_days, form_revision,
                max(outcome_revision, (SELECT floor FROM revision_floor))
            FROM scored WHERE screening = ?
            """, .uuid(screening.uuid)
        ) { row in
            Standing.scored(
                child: ChildID(try row.uuid(0)),
                place: CoursePlace(
                    respondent: RespondentID(try row.uuid(1)), ageDays: row.int(2), screening: screening),
                formRevision: row.int(3), outcomeRevision: row.int(4))
        }
        return try scored ?? RetractedTable.standing(screening, in: store).map(Standing.retracted) ?? .blank
    }

    /// A scored form, whole, with its revision as it was counted, whatever the floor.
    static func find(_ screening: ScreeningID, in store: ReadScope) throws -> ScoredForm? {
        try store.first(
            "SELECT child, form, outcome_revision, content FROM scored WHERE screening = ?", .uuid(screening.uuid),
            read: read)
    }

    /// What stands before and after a place, whether or not the place's own form stands somewhere in the course.
    static func neighbours(
        of place: CoursePlace, _ instruments: InstrumentTable, in store: ReadScope
    ) throws -> Course.Neighbours {
        Course.Neighbours(
            before: try before(place, instruments, in: store), after: try after(place, instruments, in: store))
    }

    /// Nearly every form has one before it, so that no more is read of it than what is compared.
    private static func before(
        _ place: CoursePlace, _ instruments: InstrumentTable, in store: ReadScope
    ) throws -> Course.Earlier? {
        try store.first(
            """
            SELECT ruled_by, content FROM scored
            WHERE respondent = ?1 AND (age_days, screening) < (?2, ?3) AND screening <> ?3
            ORDER BY age_days DESC, screening DESC LIMIT 1
            """, .uuid(place.respondent.uuid), .int(place.ageDays), .uuid(place.screening.uuid)
        ) { row in
            Course.Earlier(
                ruledBy: try instruments.named(row.text(0), in: store), factors: try content(row.text(1)).factors)
        }
    }

    private static func after(
        _ place: CoursePlace, _ instruments: InstrumentTable, in store: ReadScope
    ) throws -> Course.Later? {
        try store.first(
            """
            SELECT child, form, max(outcome_revision, (SELECT floor FROM revision_floor)), content, ruled_by FROM scored
            WHERE respondent = ?1 AND (age_days, screening) > (?2, ?3) AND screening <> ?3
            ORDER BY age_days, screening LIMIT 1
            """, .uuid(place.respondent.uuid), .int(place.ageDays), .uuid(place.screening.uuid)
        ) { row in Course.Later(form: try read(row), ruledBy: try instruments.named(row.text(4), in: store)) }
    }

    /// A respondent's forms in the order of the course, each with the version that decided it. As many as were
    /// answered: six of one child in ordinary life.
    static func course(
        of respondent: RespondentID, _ instruments: InstrumentTable, in store: ReadScope
    ) throws -> [Course.Later] {
        try store.all(
            """
            SELECT child, form, max(outcome_revision, (SELECT floor FROM revision_floor)), content, ruled_by FROM scored
            WHERE respondent = ? ORDER BY age_days, screening
            """, .uuid(respondent.uuid)
        ) { row in Course.Later(form: try read(row), ruledBy: try instruments.named(row.text(4), in: store)) }
    }

    static func write(_ scored: ScoredForm, in transaction: Transaction) throws {
        let body = scored.form.body
        let content = try scored.content.canonical()
        try transaction.execute(
            """
            INSERT INTO scored
                (screening, child, respondent, age_days, form_revision, outcome_revision, instrument, ruled_by, digest,
                has_outcome, form, content)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET respondent = excluded.respondent, age_days = excluded.age_days,
                form_revision = excluded.form_revision, outcome_revision = excluded.outcome_revision,
                instrument = excluded.instrument, ruled_by = excluded.ruled_by, digest = excluded.digest,
                has_outcome = excluded.has_outcome, form = excluded.form, content = excluded.content
            """,
            .uuid(body.screening.uuid), .uuid(scored.child.uuid), .uuid(body.respondent.uuid), .int(body.ageDays),
            .int(scored.form.common.revision), .int(scored.outcomeRevision), .text(body.instrument.name),
            .text(scored.content.instrument.name), .blob(OutcomeContent.digest(ofCanonical: content)),
            .bool(scored.content.hasOutcome), .blob(scored.bytes), .text(String(decoding: content, as: UTF8.self)))
    }

    static func remove(_ screening: ScreeningID, in transaction: Transaction) throws {
        try transaction.execute("DELETE FROM scored WHERE screening = ?", .uuid(screening.uuid))
    }

    private static func content(_ text: String) throws -> OutcomeContent {
        try EventCodec.part(OutcomeContent.self, from: Array(text.utf8))
    }

    private static func read(_ row: Row) throws -> ScoredForm {
        let bytes = row.blob(1)
        return ScoredForm(
            child: ChildID(try row.uuid(0)), form: try EventCodec.decode(from: bytes), bytes: bytes,
            outcomeRevision: row.int(2), content: try content(row.text(3)))
    }
}
