internal import Delivery
internal import Store

/// What reporting counts for the reconciling of the chain: the whole store, without any place, on the operations port.
enum ReportingCounts {
    static func read(_ store: ReadScope) throws -> [Count] {
        try course(store) + agreements(store) + contacts(store)
    }

    private static func course(_ store: ReadScope) throws -> [Count] {
        var counts = [
            Count("units", try store.count("SELECT count(*) FROM unit")),
            Count("children.listed", try store.count("SELECT count(*) FROM child")),
            Count("children.protected", try store.count("SELECT count(*) FROM protected")),
            Count(
                "children.participating",
                try store.count("SELECT count(DISTINCT child) FROM screening WHERE completeness IS NOT NULL")),
            Count("visits.held", try store.count("SELECT count(*) FROM visit")),
            Count("screenings.declined", try store.count("SELECT count(*) FROM declined")),
        ]
        counts += try store.sums(
            [
                "visits.parents-present", "screenings.offered", "screenings.not-offered", "screenings.answered",
                "screenings.answered.partial", "outcomes.scored", "outcomes.with-outcome",
            ],
            """
            SELECT coalesce(sum(present), 0), coalesce(sum(offered), 0), count(not_offered), count(completeness),
                coalesce(sum(completeness = 1), 0), count(factors), coalesce(sum(has_outcome), 0) FROM screening
            """)
        return counts
    }

    private static func agreements(_ store: ReadScope) throws -> [Count] {
        var counts = [
            Count("conversations", try store.count("SELECT count(*) FROM conversation")),
            Count("offers", try store.count("SELECT count(*) FROM offer WHERE kind IS NOT NULL")),
        ]
        counts += try store.groups(
            "offers.kind", "SELECT kind, count(*) FROM offer WHERE kind IS NOT NULL GROUP BY kind")
        counts += try store.groups(
            "offers",
            "SELECT coalesce(decision, 'undecided'), count(*) FROM offer WHERE kind IS NOT NULL GROUP BY 1")
        counts += try store.sums(
            ["consents", "consents.complete", "consents.withdrawn"],
            """
            SELECT count(offer), coalesce(sum(complete), 0), coalesce(sum(withdrawn = 'all'), 0) FROM consent
            """)
        return counts
    }

    private static func contacts(_ store: ReadScope) throws -> [Count] {
        var counts = try store.sums(
            ["referrals.requested", "referrals.answered"],
            "SELECT count(offer), count(CASE WHEN answer IS NOT NULL THEN 1 END) FROM referral")
        counts += try store.groups(
            "referrals.state",
            "SELECT coalesce(state, 'requested'), count(*) FROM referral WHERE offer IS NOT NULL GROUP BY 1")
        counts.append(
            Count(
                "referrals.held",
                try store.count(
                    """
                    SELECT count(*) FROM offer WHERE held IS NOT NULL
                    AND offer NOT IN (SELECT offer FROM referral WHERE offer IS NOT NULL)
                    """)))
        counts += try store.groups(
            "referrals.held",
            """
            SELECT held, count(*) FROM offer WHERE held IS NOT NULL
            AND offer NOT IN (SELECT offer FROM referral WHERE offer IS NOT NULL) GROUP BY held
            """)
        counts += try store.sums(
            ["deliveries.delivered", "deliveries.exhausted"],
            """
            SELECT coalesce(sum(delivered), 0), coalesce(sum(exhausted AND NOT delivered), 0) FROM delivery
            """)
        return counts
    }
}

extension ReadScope {
    /// The columns of the one row of a statement, by name.
    fileprivate func sums(_ names: [String], _ sql: StaticString) throws -> [Count] {
        try first(sql) { row in
            names.enumerated().map { Count($1, row.int(Int32($0))) }
        } ?? []
    }

    /// A count for each code in the first column.
    fileprivate func groups(_ name: String, _ sql: StaticString) throws -> [Count] {
        try all(sql) { Count("\(name).\($0.text(0))", $0.int(1)) }
    }
}
