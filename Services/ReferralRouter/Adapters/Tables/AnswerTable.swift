internal import Events
internal import Store

/// The table of recipients' answers: SQL only.
enum AnswerTable {
    static func all(of referral: ReferralID, in store: ReadScope) throws -> [RecipientAnswer] {
        try store.all(
            "SELECT given FROM answer WHERE referral = ? ORDER BY revision", .uuid(referral.uuid)
        ) { try KeptHistory.read($0.text(0)) }
    }

    /// Answers of a child whose referral wasn't known when they came.
    static func waiting(of child: ChildID, in store: ReadScope) throws -> [RecipientAnswer] {
        try store.all(
            "SELECT given FROM answer WHERE child = ? AND effect = 'waiting' ORDER BY referral, revision",
            .uuid(child.uuid)
        ) { try KeptHistory.read($0.text(0)) }
    }

    static func write(_ answer: RecipientAnswer, of child: ChildID, in transaction: Transaction) throws {
        try transaction.execute(
            """
            INSERT INTO answer (referral, revision, child, answer, effect, given) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET effect = excluded.effect, given = excluded.given
            """,
            .uuid(answer.referral.uuid), .int(answer.revision), .uuid(child.uuid), .text(answer.answer.rawValue),
            .text(answer.effect.rawValue), .text(try KeptHistory.text(answer)))
    }
}
