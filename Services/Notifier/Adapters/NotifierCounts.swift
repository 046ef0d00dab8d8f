internal import Delivery
internal import Events
internal import Store

/// What the notifier counts for the reconciling of the chain.
enum NotifierCounts {
    static func read(_ store: ReadScope) throws -> [Count] {
        var counts = [
            Count("referrals.received", try store.count("SELECT count(*) FROM referral")),
            Count("referrals.answered", try store.count("SELECT count(DISTINCT referral) FROM answer")),
            Count("endpoints.gone", try store.count("SELECT count(*) FROM gone_endpoint")),
            Count(
                "attempts.made",
                try store.count("SELECT count(*) FROM attempt WHERE result IS NOT NULL AND result <> 'interrupted'")),
        ]
        counts += try deliveries(in: store)
        counts += try store.all(
            """
            SELECT answer, count(*) FROM answer
            WHERE revision = (SELECT max(revision) FROM answer AS later WHERE later.referral = answer.referral)
            GROUP BY answer
            """
        ) { Count("answers.\($0.text(0))", $0.int(1)) }
        return counts
    }

    /// Every state is listed, also with none: a zero is a statement.
    private static func deliveries(in store: ReadScope) throws -> [Count] {
        let found = try store.all("SELECT notice, state, count(*) FROM delivery GROUP BY notice, state") { row in
            ("\(row.text(0)) \(row.text(1))", row.int(2))
        }
        let byState = Dictionary(uniqueKeysWithValues: found)
        func count(_ notice: Notice, _ state: PlannedDelivery.State) -> Int {
            byState["\(notice.rawValue) \(state.rawValue)", default: 0]
        }
        var counts = [
            Count("deliveries.waiting", count(.requested, .waiting)),
            Count("deliveries.delivered", count(.requested, .delivered)),
            Count("deliveries.exhausted", count(.requested, .exhausted)),
            Count("deliveries.withdrawn-before", count(.requested, .stopped)),
            Count("deliveries.recalled", Notice.recalledCount(byState)),
            Count("recalls.waiting", count(.recalled, .waiting)),
            Count("recalls.delivered", count(.recalled, .delivered)),
            Count("recalls.exhausted", count(.recalled, .exhausted)),
        ]
        counts += try store.all(
            "SELECT held_by, count(*) FROM delivery WHERE held_by IS NOT NULL GROUP BY held_by"
        ) { Count("deliveries.held.\($0.text(0))", $0.int(1)) }
        return counts
    }
}

extension Notice {
    /// Referrals whose recipient is told, or to be told, that they were taken back.
    fileprivate static func recalledCount(_ byState: [String: Int]) -> Int {
        byState.filter { $0.key.hasPrefix("\(Notice.recalled.rawValue) ") }.values.reduce(0, +)
    }
}
