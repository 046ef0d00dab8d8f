internal import Events
internal import Store

/// Counts children, conversations and offers.
enum SupportCounting {
    static func add(to tally: inout Tally, in store: ReadScope) throws {
        try addChildren(to: &tally, in: store)
        try store.forEach(
            """
            SELECT c.unit, c.residence, p.child IS NOT NULL, count(*) FROM conversation c
            LEFT JOIN protected p ON p.child = c.child GROUP BY 1, 2, 3
            """
        ) { row in
            tally.add(row.int(3), ["conversations"], at: tally.leaf(row))
            return true
        }
        try addOffers(to: &tally, in: store)
    }

    /// Children with a visit at a live unit, where they are listed now.
    private static func addChildren(to tally: inout Tally, in store: ReadScope) throws {
        try store.forEach(
            """
            SELECT c.unit, c.residence, p.child IS NOT NULL, k.participating,
                k.child IN (SELECT child FROM offer WHERE kind = 'joint-visit' AND decision = 'accepted'), count(*)
            FROM (
                SELECT s.child AS child, max(s.completeness IS NOT NULL) AS participating
                FROM screening s JOIN visit v ON v.visit = s.visit LEFT JOIN protected p ON p.child = s.child
                LEFT JOIN unit u ON u.unit = v.unit
                WHERE CASE WHEN p.child IS NOT NULL OR v.unit IS NULL
                    THEN v.held_at >= (SELECT min(live_from) FROM unit)
                    ELSE v.held_at >= u.live_from AND (u.live_until IS NULL OR v.held_at < u.live_until) END
                GROUP BY s.child) k
            JOIN child c ON c.child = k.child LEFT JOIN protected p ON p.child = k.child GROUP BY 1, 2, 3, 4, 5
            """
        ) { row in
            var codes: [IndicatorCode] = ["children"]
            if row.bool(3) {
                codes.append("children.participating")
                codes.append(row.bool(4) ? "children.joint-visit" : "children.without-joint-visit")
            } else {
                codes.append("children.not-participating")
            }
            tally.add(row.int(5), codes, at: tally.leaf(row))
            return true
        }
    }

    /// Offers, and those that were accepted and wait without a referral.
    private static func addOffers(to tally: inout Tally, in store: ReadScope) throws {
        try store.forEach(
            """
            SELECT o.unit, o.residence, p.child IS NOT NULL, o.kind, o.decision,
                CASE WHEN o.decision = 'accepted'
                    AND o.offer NOT IN (SELECT offer FROM referral WHERE offer IS NOT NULL) THEN o.held END, count(*)
            FROM offer o LEFT JOIN protected p ON p.child = o.child WHERE o.kind IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6
            """
        ) { row in
            var codes: [IndicatorCode] = [
                "offers", .init("offers.kind", row.text(3)), .init("offers", row.textIfAny(4) ?? "undecided"),
            ]
            if let reason = row.textIfAny(5) {
                let isNamed = Chain.heldReasons.contains { $0.code == reason }
                codes += ["held", .init("held", isNamed ? reason : "other")]
            }
            tally.add(row.int(6), codes, at: tally.leaf(row))
            return true
        }
    }
}

extension Tally {
    /// The leaf in the first three columns of a row: unit, residence, whether the family is protected.
    func leaf(_ row: Row) -> Leaf {
        leaf(unit: row.textIfAny(0), residence: row.textIfAny(1), isProtected: row.bool(2))
    }
}
