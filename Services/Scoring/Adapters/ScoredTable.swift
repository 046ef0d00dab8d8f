internal import Events
internal import Foundation
internal import Store

/// The table of scored forms: SQL only.
enum ScoredTable {
    /// What is kept of an outcome beside the form.
    private struct Kept: Codable {
        let factors: [FactorOutcome]
        let signals: [Signal]
        let acute: Bool
    }

    /// Of a form no more than by what it was asked.
    private struct Answered: Decodable {
        let instrument: InstrumentReference
    }

    static func find(_ screening: ScreeningID, in store: ReadScope) throws -> ScoredForm? {
        try store.first(
            "SELECT child, form, outcome_revision, factors FROM scored WHERE screening = ?", .uuid(screening.uuid),
            read: read)
    }

    /// What is compared of the respondent's form just before this one in age. Nearly every form has one, and reading it
    /// whole would cost as much as the form itself.
    static func before(_ form: AnswersSubmitted, in store: ReadScope) throws -> Course.Earlier? {
        try store.first(
            """
            SELECT form, factors FROM scored
            WHERE respondent = ? AND (age_days, screening) < (?, ?) ORDER BY age_days DESC, screening DESC LIMIT 1
            """, .uuid(form.respondent.uuid), .int(form.ageDays), .uuid(form.screening.uuid)
        ) { row in
            let form = try EventCodec.part(Answered.self, from: row.blob(0))
            return Course.Earlier(instrument: form.instrument, factors: try kept(row.text(1)).factors)
        }
    }

    /// The respondent's form just after this one in age.
    static func after(_ form: AnswersSubmitted, in store: ReadScope) throws -> ScoredForm? {
        try store.first(
            """
            SELECT child, form, outcome_revision, factors FROM scored
            WHERE respondent = ? AND (age_days, screening) > (?, ?) ORDER BY age_days, screening LIMIT 1
            """, .uuid(form.respondent.uuid), .int(form.ageDays), .uuid(form.screening.uuid), read: read)
    }

    static func write(_ scored: ScoredForm, in transaction: Transaction) throws {
        let kept = Kept(factors: scored.factors, signals: scored.signals, acute: scored.acute)
        let body = scored.form.body
        try transaction.execute(
            """
            INSERT INTO scored
                (screening, child, respondent, age_days, form_revision, outcome_revision, form, factors, has_outcome)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET age_days = excluded.age_days, form_revision = excluded.form_revision,
                outcome_revision = excluded.outcome_revision, form = excluded.form, factors = excluded.factors,
                has_outcome = excluded.has_outcome
            """,
            .uuid(body.screening.uuid), .uuid(scored.child.uuid), .uuid(body.respondent.uuid), .int(body.ageDays),
            .int(scored.form.common.revision), .int(scored.outcomeRevision), .blob(scored.bytes),
            .text(String(decoding: try EventCodec.canonical(kept), as: UTF8.self)), .bool(scored.hasOutcome))
    }

    private static func kept(_ text: String) throws -> Kept {
        try EventCodec.part(Kept.self, from: Array(text.utf8))
    }

    private static func read(_ row: Row) throws -> ScoredForm {
        let bytes = row.blob(1)
        let kept = try kept(row.text(3))
        return ScoredForm(
            child: ChildID(try row.uuid(0)), form: try EventCodec.decode(from: bytes), bytes: bytes,
            outcomeRevision: row.int(2), factors: kept.factors, signals: kept.signals, acute: kept.acute)
    }
}
