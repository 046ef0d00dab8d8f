internal import Events
internal import Foundation
internal import Store

/// What became of the form, for each parent at each visit: SQL only.
enum ScreeningTable {
    static func find(
        _ visit: VisitID, _ respondent: RespondentID, in store: ReadScope
    ) throws -> Screening? {
        try store.first(
            """
            SELECT visit, respondent, child, screening, state, code, language, mode
            FROM screening WHERE visit = ? AND respondent = ?
            """, .uuid(visit.uuid), .uuid(respondent.uuid), read: read)
    }

    static func find(_ screening: ScreeningID, in store: ReadScope) throws -> Screening? {
        try store.first(
            """
            SELECT visit, respondent, child, screening, state, code, language, mode
            FROM screening WHERE screening = ?
            """, .uuid(screening.uuid), read: read)
    }

    static func write(_ screening: Screening, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO screening (visit, respondent, child, screening, state, code, language, mode)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET screening = excluded.screening, state = excluded.state, code = excluded.code
            """,
            .uuid(screening.visit.uuid), .uuid(screening.respondent.uuid), .uuid(screening.child.uuid),
            .maybe(screening.id?.uuid), .text(screening.state.rawValue), .text(screening.code),
            .text(screening.language), .text(screening.mode))
    }

    /// Notes that the form was answered.
    static func answer(_ visit: VisitID, _ respondent: RespondentID, in transaction: Transaction) throws {
        try transaction.execute(
            "UPDATE screening SET state = 'answered', code = '' WHERE visit = ? AND respondent = ?",
            .uuid(visit.uuid), .uuid(respondent.uuid))
    }

    private static func read(_ row: Row) throws -> Screening {
        Screening(
            visit: VisitID(try row.uuid(0)), respondent: RespondentID(try row.uuid(1)), child: ChildID(try row.uuid(2)),
            id: try row.uuidIfAny(3).map { ScreeningID($0) },
            state: Screening.State(rawValue: row.text(4)) ?? .notOffered, code: row.text(5), language: row.text(6),
            mode: row.text(7))
    }
}
