internal import Delivery
internal import Events
internal import Store

/// What intake counts for the reconciling of the chain: facts that stand, whatever number of events told of them.
enum IntakeCounts {
    static func read(_ store: ReadScope) throws -> [Count] {
        try [
            Count("children.listed", store.count("SELECT count(*) FROM child")),
            Count("children.participating", store.count("SELECT count(*) FROM child WHERE participating = 1")),
            Count("visits.held", store.count("SELECT count(*) FROM visit")),
            Count("conversations.recorded", store.count("SELECT count(*) FROM conversation")),
            Count("offers.made", store.count("SELECT count(*) FROM offer")),
            Count("consents.given", store.count("SELECT count(*) FROM consent WHERE given IS NOT NULL")),
            Count("consents.complete", store.count("SELECT count(*) FROM consent WHERE complete = 1")),
            Count("consents.withdrawn", store.count("SELECT count(*) FROM consent WHERE withdrawn = 'all'")),
            Count("outcomes.known", store.count("SELECT count(has_outcome) FROM outcome")),
            Count("outcomes.with-outcome", store.count("SELECT count(*) FROM outcome WHERE has_outcome = 1")),
        ] + forms(store) + decisions(store) + referrals(store)
    }

    private static func forms(_ store: ReadScope) throws -> [Count] {
        try [
            Count("screenings.offered", store.count("SELECT count(*) FROM screening WHERE screening IS NOT NULL")),
            Count("screenings.not-offered", store.count("SELECT count(*) FROM screening WHERE state = 'not-offered'")),
            Count("screenings.declined", store.count("SELECT count(*) FROM screening WHERE state = 'declined'")),
            Count("screenings.answered", store.count("SELECT count(*) FROM form")),
            Count("screenings.partial", store.count("SELECT count(*) FROM form WHERE completeness = 'partial'")),
        ]
    }

    /// Offers by the decision that stands.
    private static func decisions(_ store: ReadScope) throws -> [Count] {
        let found = try store.all(
            """
            SELECT decision, count(*) FROM decision AS last
            WHERE revision = (SELECT max(revision) FROM decision WHERE decision.offer = last.offer) GROUP BY decision
            """
        ) { ($0.text(0), $0.int(1)) }
        let counts = Dictionary(found) { first, _ in first }
        return OfferDecision.allCases.map { Count("offers.\($0.rawValue)", counts[$0.rawValue] ?? 0) }
    }

    /// Referrals by state, and accepted offers that wait.
    private static func referrals(_ store: ReadScope) throws -> [Count] {
        let found = try store.all("SELECT state, count(*) FROM referral GROUP BY state") { ($0.text(0), $0.int(1)) }
        let counts = Dictionary(found) { first, _ in first }
        return ReferralState.allCases.map { Count("referrals.\($0.rawValue)", counts[$0.rawValue] ?? 0) } + [
            Count("referrals.known", counts.values.reduce(0, +)),
            Count(
                "referrals.held",
                try store.count(
                    """
                    SELECT count(*) FROM held
                    WHERE NOT EXISTS (SELECT 1 FROM referral WHERE referral.offer = held.offer)
                    """)),
        ]
    }
}
