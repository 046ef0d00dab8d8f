internal import Events
internal import Foundation
internal import Runtime
internal import Store

/// A form as it stands.
struct StandingForm: Sendable {
    let screening: ScreeningID
    let revision: Int
    /// Hash of what was answered.
    let digest: [UInt8]?
    /// How it was filled in.
    let filled: String?
    let recordedAt: Timestamp
    /// The events that told it last: its answers, and how it was filled in.
    let answersEvent: EventID?
    let answeredEvent: EventID?
}

/// Everything that accepting a form asks of the store, in one look.
struct FormGround: Sendable {
    let child: Child
    let visit: Visit?
    /// Whether the respondent is one of the child's.
    let knowsRespondent: Bool
    let screening: Screening?
    let standing: StandingForm?
}

/// Answered forms: SQL only.
enum FormTable {
    /// What is known of a form's child, visit, respondent and of the form itself; nil when the child is unknown.
    static func ground(of form: FormSubmission, in store: ReadScope) throws -> FormGround? {
        guard let child = try ChildTable.find(form.child, in: store) else { return nil }
        let visit = try VisitTable.find(form.visit, in: store)
        let knowsRespondent = try store.exists(
            "SELECT 1 FROM respondent WHERE respondent = ? AND child = ?", .uuid(form.respondent.uuid),
            .uuid(form.child.uuid))
        let screening = try ScreeningTable.find(form.visit, form.respondent, in: store)
        return FormGround(
            child: child, visit: visit, knowsRespondent: knowsRespondent, screening: screening,
            standing: try screening?.id.flatMap { try standing($0, in: store) })
    }

    static func standing(_ screening: ScreeningID, in store: ReadScope) throws -> StandingForm? {
        try store.first(
            """
            SELECT revision, digest, filled, recorded_at, answers_event, answered_event FROM form WHERE screening = ?
            """, .uuid(screening.uuid)
        ) { row in
            StandingForm(
                screening: screening, revision: row.int(0), digest: row.blobIfAny(1), filled: row.textIfAny(2),
                recordedAt: row.time(3), answersEvent: try row.uuidIfAny(4).map { EventID($0) },
                answeredEvent: try row.uuidIfAny(5).map { EventID($0) })
        }
    }

    /// The form's child and the event that told its answers.
    static func answers(
        of screening: ScreeningID, in store: ReadScope
    ) throws -> (child: ChildID, recordedAt: Timestamp, event: [UInt8])? {
        let row = try store.first(
            "SELECT child, recorded_at, answers FROM form WHERE screening = ?", .uuid(screening.uuid)
        ) { (ChildID(try $0.uuid(0)), $0.time(1), $0.blobIfAny(2)) }
        guard let row, let event = row.2 else { return nil }
        return (row.0, row.1, event)
    }

    /// Keeps a form's answers, as their event told them.
    static func write(
        _ answers: Event<AnswersSubmitted>, bytes: [UInt8], event: EventID, of child: ChildID, recordedAt: Timestamp,
        in transaction: Transaction
    ) throws {
        let body = answers.body
        let digest = FormDigest(
            instrument: body.instrument, language: body.language, informationVersion: body.informationVersion,
            answeredAt: answers.common.occurredAt, answers: body.answers)
        try transaction.execute(
            """
            INSERT INTO form
                (screening, child, respondent, visit, revision, digest, answered_at, recorded_at, answers,
                answers_event)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET revision = excluded.revision, digest = excluded.digest,
                answered_at = excluded.answered_at, recorded_at = excluded.recorded_at, answers = excluded.answers,
                answers_event = excluded.answers_event
                WHERE excluded.revision >= revision
            """,
            .uuid(body.screening.uuid), .uuid(child.uuid), .uuid(body.respondent.uuid), .uuid(body.visit.uuid),
            .int(answers.common.revision), .blob(digest.bytes), .time(answers.common.occurredAt), .time(recordedAt),
            .blob(bytes), .uuid(event.uuid))
    }

    /// Keeps how a form was filled in, as its other event told it.
    static func write(
        _ answered: Event<ScreeningAnswered>, event: EventID, of child: ChildID, recordedAt: Timestamp,
        in transaction: Transaction
    ) throws {
        let body = answered.body
        try transaction.execute(
            """
            INSERT INTO form
                (screening, child, respondent, visit, revision, answered_at, recorded_at, completeness, filled,
                answered_event)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET completeness = excluded.completeness, filled = excluded.filled,
                answered_event = excluded.answered_event
                WHERE excluded.revision >= revision
            """,
            .uuid(body.screening.uuid), .uuid(child.uuid), .uuid(body.respondent.uuid), .uuid(body.visit.uuid),
            .int(answered.common.revision), .time(answered.common.occurredAt), .time(recordedAt),
            .text(body.completeness.rawValue), .text(body.filled), .uuid(event.uuid))
    }
}

extension ScreeningAnswered {
    /// How the form was filled in, as one text.
    var filled: String { "\(mode.rawValue) \(help.rawValue) \(durationSeconds.map(String.init) ?? "-")" }
}
