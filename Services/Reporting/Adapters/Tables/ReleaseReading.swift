internal import Store

/// Reads everything a release is made of, in one consistent view of the store.
///
/// Facts are grouped when they are read: writing one stays a single upsert. Measured: two to three
/// seconds for a million screenings, which is what Jämtland sees in seventy years.
enum ReleaseReading {
    /// What the store says, before anything is hidden.
    struct Reading: Sendable, Equatable {
        let freshness: [TopicFreshness]
        let resources: Resources
        let tally: Tally
    }

    static func read(region: String, from store: ReadScope) throws -> Reading {
        let resources = Resources(
            units: try ReferenceTables.units(in: store), recipients: try ReferenceTables.recipients(in: store),
            contactLists: try ReferenceTables.contactLists(in: store))
        var tally = Tally(region: region, units: resources.units)
        try FormCounting.add(to: &tally, in: store)
        try SupportCounting.add(to: &tally, in: store)
        try ContactCounting.add(to: &tally, in: store)
        for factor in Chain(factors: tally.factors).factors { tally.completeFactor(factor) }
        return Reading(freshness: try FreshnessTable.read(store), resources: resources, tally: tally)
    }
}

extension Tally {
    /// A form of an instrument that doesn't ask about a factor counts there as *not asked*, so that every factor
    /// divides the same forms.
    fileprivate mutating func completeFactor(_ factor: String) {
        for (leaf, counts) in counts {
            let asked = ["outcome", "none", "unknown"].reduce(0) { sum, result in
                sum + counts[IndicatorCode("factor.\(factor)", result), default: 0]
            }
            let rest = counts["forms.scored", default: 0] - asked
            if rest > 0 { add(rest, [IndicatorCode("factor.\(factor)", "not-asked")], at: leaf) }
        }
    }
}
