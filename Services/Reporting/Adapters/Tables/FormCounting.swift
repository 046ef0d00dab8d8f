internal import Events
internal import Store

/// Counts parents at visits and what became of the form: the denominator of everything and its first steps.
///
/// Only visits at a live unit count. For a protected family, whose unit isn't told, that is any time since the region's
/// first unit was live.
enum FormCounting {
    static func add(to tally: inout Tally, in store: ReadScope) throws {
        try store.forEach(
            """
            SELECT v.unit, v.residence, p.child IS NOT NULL, s.present, s.not_offered, s.offered, s.completeness,
                d.screening IS NOT NULL, CASE WHEN r.screening IS NULL THEN s.factors END,
                CASE WHEN r.screening IS NULL THEN s.has_outcome END, count(*)
            FROM screening s JOIN visit v ON v.visit = s.visit
            LEFT JOIN protected p ON p.child = s.child LEFT JOIN declined d ON d.screening = s.screening
            LEFT JOIN retracted r ON r.screening = s.screening AND r.revision > s.outcome_revision
            LEFT JOIN unit u ON u.unit = v.unit
            WHERE CASE WHEN p.child IS NOT NULL OR v.unit IS NULL
                THEN v.held_at >= (SELECT min(live_from) FROM unit)
                ELSE v.held_at >= u.live_from AND (u.live_until IS NULL OR v.held_at < u.live_until) END
            GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
            """
        ) { row in
            let leaf = tally.leaf(
                unit: row.textIfAny(0), residence: row.textIfAny(1), isProtected: row.bool(2))
            let state = ScreeningState(
                isPresent: row.bool(3), notOffered: row.textIfAny(4), isOffered: row.bool(5),
                completeness: row.intIfAny(6), isDeclined: row.bool(7),
                results: row.textIfAny(8).map(FactorResults.results), hasOutcome: row.bool(9))
            tally.factors.formUnion((state.results ?? []).map(\.factor))
            tally.add(row.int(10), state.codes, at: leaf)
            return true
        }
    }
}
