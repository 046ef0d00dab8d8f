internal import Delivery
internal import Events
internal import Foundation
internal import Store

/// A version that scores another's forms again, and how far that has come.
struct OpenReRun: Sendable {
    let seq: Int64
    let code: String
    let version: String
    /// The last respondent whose forms it has been through, in the order of bytes; empty before the first.
    let respondent: [UInt8]
    /// Respondents whose forms couldn't be scored again.
    let skipped: Int
}

/// The tables of re-runs: SQL only.
enum ReRunTable {
    /// Which versions of a questionnaire score which others again. A handful of rows.
    static func rescorings(of code: String, in store: ReadScope) throws -> Rescorings {
        Rescorings(
            try store.all("SELECT version, old_version, from_day FROM rerun WHERE code = ?", .text(code)) { row in
                Rescorings.Claim(version: row.text(0), oldVersion: row.text(1), from: try day(row.text(2)))
            })
    }

    /// Which versions decide the forms of the whole store.
    static func rulings(in store: ReadScope) throws -> Rulings {
        let codes = try store.all("SELECT code, min(done) FROM rerun GROUP BY code") { ($0.text(0), $0.bool(1)) }
        var rescorings: [String: Rescorings] = [:]
        for (code, _) in codes { rescorings[code] = try self.rescorings(of: code, in: store) }
        return Rulings(rescorings: rescorings, open: Set(codes.filter { !$0.1 }.map(\.0)))
    }

    /// What a version scores again, if it does.
    static func claim(of instrument: InstrumentReference, in store: ReadScope) throws -> Rescorings.Claim? {
        try store.first(
            "SELECT version, old_version, from_day FROM rerun WHERE code = ? AND version = ?", .text(instrument.code),
            .text(instrument.version)
        ) { row in Rescorings.Claim(version: row.text(0), oldVersion: row.text(1), from: try day(row.text(2))) }
    }

    /// Begins a re-run, and notes where reading of `answers` stands.
    static func begin(
        _ instrument: InstrumentReference, _ rescoring: Rescoring, in transaction: Transaction
    ) throws {
        try transaction.execute(
            "INSERT INTO rerun (code, version, old_version, from_day) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            .text(instrument.code), .text(instrument.version), .text(rescoring.version), .text(rescoring.from.text))
        for (partition, next) in try ReadingPositions.next(of: .answers, in: transaction) {
            try transaction.execute(
                """
                INSERT INTO rerun_seen (code, version, partition, next) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING
                """, .text(instrument.code), .text(instrument.version), .int(partition), .integer(next))
        }
    }

    /// The first re-run that isn't done.
    static func open(in store: ReadScope) throws -> OpenReRun? {
        try store.first(
            "SELECT seq, code, version, respondent, skipped FROM rerun WHERE done = 0 ORDER BY seq LIMIT 1"
        ) { row in
            OpenReRun(
                seq: row.integer(0), code: row.text(1), version: row.text(2), respondent: row.blob(3),
                skipped: row.int(4))
        }
    }

    /// Where reading of `answers` stood when a re-run's version arrived, as `partition:offset` with commas.
    static func seen(by rerun: OpenReRun, in store: ReadScope) throws -> String {
        try store.all(
            "SELECT partition, next FROM rerun_seen WHERE code = ? AND version = ? ORDER BY partition",
            .text(rerun.code), .text(rerun.version)
        ) { "\($0.int(0)):\($0.integer(1))" }.joined(separator: ",")
    }

    /// Opens those again that couldn't go through every respondent.
    /// - Returns: how many.
    static func reopenSkipped(in transaction: Transaction) throws -> Int {
        try transaction.execute("UPDATE rerun SET done = 0, skipped = 0 WHERE done = 1 AND skipped > 0")
    }

    /// The next respondents with forms that may be scored again, in the order of bytes. Walks an index; reads no form.
    static func respondents(
        of rerun: OpenReRun, countMax: Int, in store: ReadScope
    ) throws -> [RespondentID] {
        try store.all(
            """
            SELECT DISTINCT respondent FROM scored
            WHERE respondent > ?1 AND instrument IN (SELECT code || '/' || old_version FROM rerun WHERE code = ?2)
            ORDER BY respondent LIMIT ?3
            """, .blob(rerun.respondent), .text(rerun.code), .int(countMax)
        ) { RespondentID(try $0.uuid(0)) }
    }

    /// - Parameter isSkipped: whether the respondent's forms stay as they were, since they can't be scored again.
    static func advance(
        _ rerun: OpenReRun, to respondent: RespondentID, isSkipped: Bool, in transaction: Transaction
    ) throws {
        try transaction.execute(
            "UPDATE rerun SET respondent = ?, skipped = skipped + ? WHERE seq = ?", .uuid(respondent.uuid),
            .int(isSkipped ? 1 : 0), .integer(rerun.seq))
    }

    static func finish(_ rerun: OpenReRun, in transaction: Transaction) throws {
        try transaction.execute("UPDATE rerun SET done = 1, respondent = x'' WHERE seq = ?", .integer(rerun.seq))
    }

    private static func day(_ text: String) throws -> CalendarDay {
        guard let day = CalendarDay(text) else {
            throw StoreFailure(.fatal, reason: "a re-run's day is none", hint: "restore the last backup")
        }
        return day
    }
}
