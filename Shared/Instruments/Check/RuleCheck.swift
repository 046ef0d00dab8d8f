internal import Events

/// The rules about factors, their rules, signals and acute marks.
struct RuleCheck {
    private(set) var faults: [InstrumentFault] = []
    /// Places of the rules without faults of their own or of their items: what they come to can be judged.
    private(set) var sound: [Int] = []

    init(_ definition: InstrumentDefinition, _ items: ItemCheck) {
        factors(definition)
        var codes: Set<String> = []
        for (index, rule) in definition.rules.enumerated() {
            let place = "/definition/rules/\(index)"
            let found = RuleFaults(rule, at: place, definition.factors, items.items).faults
            if !codes.insert(rule.code).inserted {
                faults.append(InstrumentFault(.twice, at: "\(place)/code", "the rule \(rule.code) stands earlier"))
            }
            let named = rule.triggers.map(\.item) + (rule.terms ?? []).map(\.item)
            if found.isEmpty, named.allSatisfy(items.isSound) { sound.append(index) }
            faults += found
        }
        signals(definition, items.items)
        faults += PatternCheck.faults(of: definition.acute, at: "/definition/acute", among: items.items)
        counts(definition)
        uses(definition)
    }

    private mutating func factors(_ definition: InstrumentDefinition) {
        if definition.factors.isEmpty { fault(.missing, "factors", "needs at least one factor") }
        for (index, factor) in definition.factors.enumerated() {
            let place = "factors/\(index)"
            if definition.factors[..<index].contains(factor) {
                fault(.twice, place, "the factor \(factor.rawValue) stands earlier")
            }
            if !CodeForm.isCode(factor.rawValue) { fault(.formWrong, place, CodeForm.text) }
            if !definition.items.contains(where: { $0.factor == factor }) {
                fault(.factorWithoutItem, place, "no item belongs to \(factor.rawValue)")
            }
            if !definition.rules.contains(where: { $0.factor == factor }) {
                fault(.factorWithoutRule, place, "no rule decides \(factor.rawValue)")
            }
        }
    }

    private mutating func signals(_ definition: InstrumentDefinition, _ items: [String: InstrumentItem]) {
        for (index, signal) in definition.signals.enumerated() {
            let place = "signals/\(index)"
            if definition.signals[..<index].contains(where: { $0.signal == signal.signal }) {
                fault(.twice, "\(place)/signal", "the signal \(signal.signal.rawValue) stands earlier")
            }
            if signal.triggers.isEmpty { fault(.missing, "\(place)/triggers", "needs at least one answer") }
            faults += PatternCheck.faults(of: signal.triggers, at: "/definition/\(place)/triggers", among: items)
        }
    }

    private mutating func counts(_ definition: InstrumentDefinition) {
        let lists = [
            ("factors", definition.factors.count), ("rules", definition.rules.count),
            ("signals", definition.signals.count), ("acute", definition.acute.count),
        ]
        for (name, count) in lists where count > InstrumentLimits.rulesMax {
            fault(.tooMany, name, "has more than \(InstrumentLimits.rulesMax)")
        }
    }

    /// An item that says what it belongs to is looked at there, or decides whether another is asked.
    private mutating func uses(_ definition: InstrumentDefinition) {
        let gates = Set(definition.items.compactMap { $0.askedWhen?.item })
        for (index, item) in definition.items.enumerated() {
            let place = "items/\(index)"
            if let factor = item.factor {
                let rules = definition.rules.filter { $0.factor == factor }
                let isCounted = rules.contains { rule in
                    rule.triggers.contains { $0.item == item.linkId }
                        || (rule.terms ?? []).contains { $0.item == item.linkId }
                }
                if !definition.factors.contains(factor) {
                    fault(.notReported, "\(place)/factor", "must be among the factors")
                } else if !isCounted, !gates.contains(item.linkId) {
                    fault(.itemUnused, "\(place)/factor", "no rule of \(factor.rawValue) looks at \(item.linkId)")
                }
            }
            if let signal = item.signal {
                let rule = definition.signals.first { $0.signal == signal }
                if rule == nil {
                    fault(.notReported, "\(place)/signal", "must be among the signals")
                } else if rule?.triggers.contains(where: { $0.item == item.linkId }) == false {
                    fault(.itemUnused, "\(place)/signal", "the signal doesn't look at \(item.linkId)")
                }
            }
        }
    }

    private mutating func fault(_ rule: InstrumentFault.Rule, _ place: String, _ text: String) {
        faults.append(InstrumentFault(rule, at: "/definition/\(place)", text))
    }
}
