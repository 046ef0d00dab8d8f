internal import Delivery
internal import Store

/// What the router counts for the reconciling of the chain.
///
/// `referrals.held` counts as every reader of `referrals` can: offers that were said to be held and for which nothing
/// was requested. Where the offers stand now is in `offers.standing`.
enum RouterCounts {
    static func read(_ store: ReadScope) throws -> [Count] {
        try offers(store) + referrals(store) + answers(store) + published(store)
    }

    private static func offers(_ store: ReadScope) throws -> [Count] {
        let all = [
            Count("offers", try store.count("SELECT count(*) FROM offer WHERE kind IS NOT NULL")),
            Count("consents", try store.count("SELECT count(*) FROM consent WHERE offer IS NOT NULL")),
        ]
        return try all
            + store.groups(
                "offers.kind", "SELECT kind, count(*) FROM offer WHERE kind IS NOT NULL GROUP BY kind")
            + store.groups(
                "offers.standing", "SELECT standing, count(*) FROM offer WHERE kind IS NOT NULL GROUP BY standing")
    }

    private static func referrals(_ store: ReadScope) throws -> [Count] {
        let all = [
            Count("referrals.requested", try store.count("SELECT count(*) FROM referral")),
            Count("referrals.recalled", try store.count("SELECT count(*) FROM referral WHERE state = 'cancelled'")),
            Count(
                "referrals.held",
                try store.count(
                    "SELECT count(*) FROM held WHERE offer NOT IN (SELECT offer FROM referral)")),
            Count(
                "notifications.exhausted",
                try store.count(
                    "SELECT count(*) FROM fact WHERE type = 'barnsakert.notification.exhausted.v1'")),
        ]
        return try all
            + store.groups(
                "referrals.held",
                """
                SELECT reason, count(*) FROM held WHERE offer NOT IN (SELECT offer FROM referral) GROUP BY reason
                """)
            + store.groups("referrals.state", "SELECT state, count(*) FROM referral GROUP BY state")
    }

    private static func answers(_ store: ReadScope) throws -> [Count] {
        try [Count("answers", try store.count("SELECT count(*) FROM answer"))]
            + store.groups("answers.code", "SELECT answer, count(*) FROM answer GROUP BY answer")
            + store.groups("answers.effect", "SELECT effect, count(*) FROM answer GROUP BY effect")
    }

    private static func published(_ store: ReadScope) throws -> [Count] {
        [
            Count(
                "contact-lists",
                try store.count("SELECT count(*) FROM published WHERE type = 'contact-list.published'")),
            Count("recipients", try store.count("SELECT count(*) FROM published WHERE type = 'recipient.changed'")),
        ]
    }
}

extension ReadScope {
    /// A count for each code in the first column.
    fileprivate func groups(_ name: String, _ sql: StaticString) throws -> [Count] {
        try all(sql) { Count("\(name).\($0.text(0))", $0.int(1)) }
    }
}
