internal import Events
internal import Foundation
internal import Runtime
internal import Store

/// The table of scored forms: SQL only.
enum ScoredTable {
    /// What is known of a screening.
    /// - Parameter fact: what comes now.
    static func standing(
        of screening: ScreeningID, for fact: CommonMembers, in store: ReadScope
    ) throws -> Standing {
        let scored = try store.first(
            """
            SELECT child, respondent, age_days, form_revision,
                max(outcome_revision, (SELECT floor FROM revision_floor)), questionnaire, event
            FROM scored WHERE screening = ?
            """, .uuid(screening.uuid)
        ) { row in
            Standing.scored(
                child: ChildID(try row.uuid(0)),
                place: CoursePlace(
                    respondent: RespondentID(try row.uuid(1)), questionnaire: row.text(5), ageDays: row.int(2),
                    screening: screening),
                formRevision: row.int(3), outcomeRevision: row.int(4),
                lastEvent: try row.uuidIfAny(6).map { EventID($0) })
        }
        return try scored ?? RevisionFloor.ofUnscored(screening, for: fact, in: store)
    }

    /// A scored form, whole, with its revision as it was counted, whatever the floor.
    static func find(_ screening: ScreeningID, in store: ReadScope) throws -> ScoredForm? {
        try store.first(
            """
            SELECT scored.child, form, outcome_revision, content, event FROM scored JOIN answered USING (seq)
            WHERE screening = ?
            """, .uuid(screening.uuid), read: read)
    }

    /// What stands before and after a place in its questionnaire's course, whether or not the place's own form stands
    /// somewhere in it. One look at the index finds where that is; nearly every form has one before it, so that no more
    /// is read of that than what is compared.
    static func neighbours(
        of place: CoursePlace, _ instruments: InstrumentTable, in store: ReadScope
    ) throws -> Course.Neighbours {
        var (before, after): (Int64?, Int64?)
        try store.forEach(
            """
            SELECT seq, (age_days, screening) < (?2, ?3) FROM scored
            WHERE respondent = ?1 AND questionnaire = ?4 AND screening <> ?3 ORDER BY age_days, screening
            """, .uuid(place.respondent.uuid), .int(place.ageDays), .uuid(place.screening.uuid),
            .text(place.questionnaire)
        ) { row in
            let isBefore = row.bool(1)
            if isBefore { before = row.integer(0) } else { after = row.integer(0) }
            return isBefore
        }
        return Course.Neighbours(
            before: try before.flatMap { try earlier($0, instruments, in: store) },
            after: try after.flatMap { try later($0, instruments, in: store) })
    }

    private static func earlier(
        _ seq: Int64, _ instruments: InstrumentTable, in store: ReadScope
    ) throws -> Course.Earlier? {
        try store.first("SELECT ruled_by, results FROM scored WHERE seq = ?", .integer(seq)) { row in
            let instrument = try instruments.named(row.text(0), in: store)
            if let earlier = Course.Earlier(ruledBy: instrument, letters: row.blob(1)) { return earlier }
            // Somebody changed the store: a replay names the row. What can't be compared with it is parked.
            throw EventFault(member: "results", kind: .notAllowed)
        }
    }

    private static func later(
        _ seq: Int64, _ instruments: InstrumentTable, in store: ReadScope
    ) throws -> Course.Later? {
        try store.first(
            """
            SELECT scored.child, form, max(outcome_revision, (SELECT floor FROM revision_floor)), content, event,
                ruled_by
            FROM scored JOIN answered USING (seq)
            WHERE seq = ?
            """, .integer(seq)
        ) { row in Course.Later(form: try read(row), ruledBy: try instruments.named(row.text(5), in: store)) }
    }

    /// A respondent's forms of a questionnaire in the order of the course, each with the version that decided it. As
    /// many as were answered: six of one child in ordinary life.
    static func course(
        of respondent: RespondentID, _ questionnaire: String, _ instruments: InstrumentTable, in store: ReadScope
    ) throws -> [Course.Later] {
        try store.all(
            """
            SELECT scored.child, form, max(outcome_revision, (SELECT floor FROM revision_floor)), content, event,
                ruled_by
            FROM scored JOIN answered USING (seq)
            WHERE respondent = ? AND questionnaire = ? ORDER BY age_days, screening
            """, .uuid(respondent.uuid), .text(questionnaire)
        ) { row in Course.Later(form: try read(row), ruledBy: try instruments.named(row.text(5), in: store)) }
    }

    static func write(_ scored: ScoredForm, in transaction: Transaction) throws {
        let body = scored.form.body
        let content = try scored.canonicalContent()
        // The first outcome of a form follows no other, so that there is no need to look.
        let kept = scored.outcomeRevision == 1 ? nil : try kept(body.screening, in: transaction)
        tally(kept?.hasOutcome, to: scored.content.hasOutcome, in: transaction)
        let inserted = try transaction.insert(
            """
            INSERT INTO scored
                (seq, screening, child, respondent, questionnaire, age_days, form_revision, outcome_revision,
                instrument, ruled_by, digest, has_outcome, results, content, event)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET respondent = excluded.respondent, questionnaire = excluded.questionnaire,
                age_days = excluded.age_days, form_revision = excluded.form_revision, outcome_revision =
                excluded.outcome_revision, instrument = excluded.instrument, ruled_by = excluded.ruled_by,
                digest = excluded.digest, has_outcome = excluded.has_outcome, results = excluded.results,
                content = excluded.content, event = excluded.event
            """,
            .maybe(kept?.seq), .uuid(body.screening.uuid), .uuid(scored.child.uuid), .uuid(body.respondent.uuid),
            .text(body.instrument.code), .int(body.ageDays), .int(scored.form.common.revision),
            .int(scored.outcomeRevision), .text(body.instrument.name), .text(scored.content.instrument.name),
            .blob(OutcomeContent.digest(ofCanonical: content)), .bool(scored.content.hasOutcome),
            .text(Course.Earlier.letters(of: scored.content.factors)),
            .text(String(decoding: content, as: UTF8.self)), .maybe(scored.lastEvent?.uuid))
        try transaction.execute(
            """
            INSERT INTO answered (seq, child, form) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET form = excluded.form WHERE form <> excluded.form
            """,
            .integer(kept?.seq ?? inserted), .uuid(scored.child.uuid), .blob(scored.bytes))
    }

    static func remove(_ screening: ScreeningID, in transaction: Transaction) throws {
        guard let kept = try kept(screening, in: transaction) else { return }
        tally(kept.hasOutcome, to: nil, in: transaction)
        try transaction.execute("DELETE FROM answered WHERE seq = ?", .integer(kept.seq))
        try transaction.execute("DELETE FROM scored WHERE seq = ?", .integer(kept.seq))
    }

    private static func kept(
        _ screening: ScreeningID, in store: ReadScope
    ) throws -> (seq: Int64, hasOutcome: Bool)? {
        try store.first("SELECT seq, has_outcome FROM scored WHERE screening = ?", .uuid(screening.uuid)) {
            ($0.integer(0), $0.bool(1))
        }
    }

    /// Counts a form that goes from one state to another; nil where it isn't in the table.
    private static func tally(_ before: Bool?, to after: Bool?, in transaction: Transaction) {
        func count(_ name: String, _ isBefore: Bool, _ isAfter: Bool) {
            if isBefore != isAfter { transaction.tally("scored", name, by: isAfter ? 1 : -1) }
        }
        count("forms", before != nil, after != nil)
        count("with-outcome", before == true, after == true)
    }

    private static func content(_ bytes: [UInt8]) throws -> OutcomeContent {
        try EventCodec.decode(part: OutcomeContent.self, from: bytes)
    }

    private static func read(_ row: Row) throws -> ScoredForm {
        let bytes = row.blob(1)
        return ScoredForm(
            child: ChildID(try row.uuid(0)), form: try EventCodec.decode(from: bytes), bytes: bytes,
            outcomeRevision: row.int(2), content: try content(row.blob(3)),
            lastEvent: try row.uuidIfAny(4).map { EventID($0) })
    }
}
