internal import Delivery
internal import Events
internal import Store

/// What reporting counts for the reconciling of the chain: the whole store, without any place, on the operations port.
/// Facts as they stand, whatever number of events told of them; a later state takes the place of an earlier one.
enum ReportingCounts {
    static func read(_ store: ReadScope) throws -> [Count] {
        try course(store) + agreements(store) + referrals(store)
    }

    private static func course(_ store: ReadScope) throws -> [Count] {
        let screenings = try store.first(
            """
            SELECT coalesce(sum(present), 0), coalesce(sum(offered), 0),
                coalesce(sum(not_offered IS NOT NULL AND NOT offered AND completeness IS NULL), 0),
                coalesce(sum(completeness IS NULL AND s.screening IN (SELECT screening FROM declined)), 0),
                count(completeness), coalesce(sum(completeness = 1), 0),
                count(CASE WHEN r.screening IS NULL THEN factors END),
                coalesce(sum(has_outcome AND r.screening IS NULL), 0),
                count(DISTINCT CASE WHEN completeness IS NOT NULL THEN s.child END)
            FROM screening s LEFT JOIN retracted r ON r.screening = s.screening AND r.revision > s.outcome_revision
            """
        ) { row in (0..<9).map { row.int(Int32($0)) } }
        let names = [
            "visits.parents-present", "screenings.offered", "screenings.not-offered", "screenings.declined",
            "screenings.answered", "screenings.partial", "outcomes.scored", "outcomes.with-outcome",
            "children.participating",
        ]
        return zip(names, screenings ?? []).map { Count($0, $1) } + [
            Count("units", try store.count("SELECT count(*) FROM unit")),
            Count("children.listed", try store.count("SELECT count(*) FROM child")),
            Count("children.protected", try store.count("SELECT count(*) FROM protected")),
            Count("visits.held", try store.count("SELECT count(*) FROM visit")),
        ]
    }

    private static func agreements(_ store: ReadScope) throws -> [Count] {
        var counts = [
            Count("conversations.recorded", try store.count("SELECT count(*) FROM conversation")),
            Count("offers.made", try store.count("SELECT count(*) FROM offer WHERE kind IS NOT NULL")),
            Count("consents.given", try store.count("SELECT count(*) FROM consent WHERE offer IS NOT NULL")),
            Count("consents.complete", try store.count("SELECT count(*) FROM consent WHERE complete = 1")),
            Count("consents.withdrawn", try store.count("SELECT count(*) FROM consent WHERE withdrawn = 'all'")),
        ]
        counts += try store.groups(
            "offers.kind", OfferKind.allCases.map(\.rawValue),
            "SELECT kind, count(*) FROM offer WHERE kind IS NOT NULL GROUP BY kind")
        counts += try store.groups(
            "offers", OfferDecision.allCases.map(\.rawValue),
            "SELECT decision, count(*) FROM offer WHERE decision IS NOT NULL GROUP BY decision")
        return counts
    }

    /// Accepted offers that wait count as held until a referral comes of them.
    private static func referrals(_ store: ReadScope) throws -> [Count] {
        let states = ReferralState.allCases.filter { $0 != .requested }.map(\.rawValue)
        var counts = [
            Count("referrals.requested", try store.count("SELECT count(*) FROM referral WHERE offer IS NOT NULL")),
            Count("referrals.answered", try store.count("SELECT count(*) FROM referral WHERE answer IS NOT NULL")),
            Count(
                "referrals.delivered",
                try store.count("SELECT count(DISTINCT referral) FROM delivery WHERE delivered = 1")),
            Count("deliveries.delivered", try store.count("SELECT count(*) FROM delivery WHERE delivered = 1")),
            Count(
                "deliveries.exhausted",
                try store.count("SELECT count(*) FROM delivery WHERE exhausted = 1 AND delivered = 0")),
        ]
        counts += try store.groups(
            "referrals", states,
            "SELECT state, count(*) FROM referral WHERE state IS NOT NULL AND state <> 'requested' GROUP BY state")
        counts += try store.groups(
            "referrals.held", Chain.heldReasons.map(\.code),
            """
            SELECT held, count(*) FROM offer WHERE held IS NOT NULL
            AND offer NOT IN (SELECT offer FROM referral WHERE offer IS NOT NULL) GROUP BY held
            """)
        return counts
    }
}

extension ReadScope {
    /// A count for each code in the first column, and 0 for known codes that aren't there.
    fileprivate func groups(_ name: String, _ known: [String], _ sql: StaticString) throws -> [Count] {
        let found = Dictionary(try all(sql) { ($0.text(0), $0.int(1)) }) { first, _ in first }
        return Set(known).union(found.keys).sorted().map { Count("\(name).\($0)", found[$0] ?? 0) }
    }
}
