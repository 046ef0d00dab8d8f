internal import Events

/// The rules about what answers can come to: every rule can hold, and none holds whatever is answered.
enum ReachCheck {
    static func faults(of rule: FactorRule, at place: String, _ compiled: CompiledRule, _ none: GivenAnswers)
        -> [InstrumentFault]
    {
        let reach = compiled.reach(none)
        let isSum = rule.kind == .weightedSum
        if reach.upperBound < compiled.threshold {
            return [
                isSum
                    ? InstrumentFault(
                        .cutOffUnreachable, at: "\(place)/cutOff",
                        "no answers add up to it: the greatest sum is \(reach.upperBound)")
                    : InstrumentFault(
                        .ruleUnreachable, at: place,
                        "no answers make it hold: at most \(reach.upperBound) of its answers go together")
            ]
        }
        if reach.lowerBound >= compiled.threshold {
            let text = "it holds whatever is answered: the least sum is \(reach.lowerBound)"
            return [InstrumentFault(.ruleAlwaysHolds, at: place, text)]
        }
        if reach.upperBound - reach.lowerBound > InstrumentLimits.spanMax {
            let text = "its sums may lie at most \(InstrumentLimits.spanMax) apart"
            return [InstrumentFault(.sumTooWide, at: place, text)]
        }
        return []
    }
}
