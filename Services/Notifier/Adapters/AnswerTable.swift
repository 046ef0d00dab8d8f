internal import Events
internal import Foundation
internal import Runtime
internal import Store

/// The table of answers: SQL only.
enum AnswerTable {
    /// An answer as it was given.
    struct Recorded: Sendable, Equatable {
        let revision: Int
        let answer: GivenAnswer
        let answeredAt: Timestamp
    }

    static func latest(to referral: ReferralID, in store: ReadScope) throws -> Recorded? {
        try store.first(
            """
            SELECT revision, answer, reason, proposed_times, answered_at FROM answer
            WHERE referral = ? ORDER BY revision DESC LIMIT 1
            """, .uuid(referral.uuid), read: read)
    }

    /// The answer that a caller gave under a key of its own, and to which referral.
    static func given(
        by caller: String, under key: String, in store: ReadScope
    ) throws -> (referral: ReferralID, row: Recorded)? {
        try store.first(
            """
            SELECT revision, answer, reason, proposed_times, answered_at, referral FROM answer
            WHERE caller = ? AND idempotency_key = ?
            """, .text(caller), .text(key)
        ) { (ReferralID(try $0.uuid(5)), try read($0)) }
    }

    static func insert(
        _ row: Recorded, to referral: ReferralID, about child: ChildID, caller: String?, key: String?,
        in transaction: Transaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO answer
                (referral, revision, child, answer, reason, proposed_times, answered_at, caller, idempotency_key)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """,
            .uuid(referral.uuid), .int(row.revision), .uuid(child.uuid), .text(row.answer.code.rawValue),
            .maybe(row.answer.reason), .text(row.answer.proposedTimes.map(\.rfc3339).joined(separator: " ")),
            .time(row.answeredAt), .maybe(caller), .maybe(key))
    }

    private static func read(_ row: Row) throws -> Recorded {
        guard let code = ReferralAnswer(rawValue: row.text(1)) else {
            throw StoreFailure(.fatal, reason: "an answer's code is unknown", hint: "run the newer release")
        }
        let times = row.text(3).split(separator: " ").compactMap { Timestamp(rfc3339: String($0)) }
        return Recorded(
            revision: row.int(0),
            answer: GivenAnswer(code: code, reason: row.textIfAny(2), proposedTimes: times), answeredAt: row.time(4))
    }
}
