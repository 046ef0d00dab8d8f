internal import Events

/// What is wrong with one rule by itself.
struct RuleFaults {
    private(set) var faults: [InstrumentFault] = []
    private let place: String

    init(_ rule: FactorRule, at place: String, _ factors: [RiskFactor], _ items: [String: InstrumentItem]) {
        self.place = place
        if !CodeForm.isCode(rule.code) { fault(.formWrong, "code", CodeForm.text) }
        if !factors.contains(rule.factor) { fault(.notReported, "factor", "must be among the factors") }
        members(rule)
        faults += PatternCheck.faults(of: rule.triggers, at: "\(place)/triggers", among: items)
        repetitions(rule.triggers.map(\.item), in: "triggers")
        repetitions((rule.terms ?? []).map(\.item), in: "terms")
        for (index, term) in (rule.terms ?? []).enumerated() { check(term, "terms/\(index)", items) }
    }

    /// Each kind has members of its own.
    private mutating func members(_ rule: FactorRule) {
        let isSum = rule.kind == .weightedSum
        if isSum {
            if !rule.triggers.isEmpty { fault(.notTaken, "triggers", "a weighted sum has terms") }
            if rule.terms?.isEmpty ?? true { fault(.missing, "terms", "a weighted sum needs terms") }
            if rule.cutOff == nil { fault(.missing, "cutOff", "a weighted sum needs a cut-off") }
        } else {
            if rule.triggers.isEmpty { fault(.missing, "triggers", "needs at least one answer") }
            if rule.terms != nil { fault(.notTaken, "terms", "only a weighted sum has terms") }
            if rule.cutOff != nil { fault(.notTaken, "cutOff", "only a weighted sum has a cut-off") }
        }
        switch (rule.kind, rule.atLeast) {
        case (.atLeast, nil): fault(.missing, "atLeast", "must say how many are needed")
        case (.atLeast, let needed?) where needed < 1: fault(.outOfBounds, "atLeast", "must be at least 1")
        case (.anyOf, .some), (.weightedSum, .some): fault(.notTaken, "atLeast", "goes with the kind at-least only")
        default: break
        }
    }

    private mutating func repetitions(_ items: [String], in member: String) {
        for (index, item) in items.enumerated() where items[..<index].contains(item) {
            fault(.twice, "\(member)/\(index)/item", "the item \(item) stands earlier in this rule")
        }
    }

    private mutating func check(_ term: RuleTerm, _ member: String, _ items: [String: InstrumentItem]) {
        if !InstrumentLimits.weights.contains(term.weight) {
            let bounds = InstrumentLimits.weights
            fault(.outOfBounds, "\(member)/weight", "must lie within \(bounds.lowerBound) to \(bounds.upperBound)")
        }
        guard let item = items[term.item] else {
            fault(.itemUnknown, "\(member)/item", "there is no item \(term.item)")
            return
        }
        if item.type == .choice, item.options.contains(where: { $0.value == nil }) {
            fault(.missing, "\(member)/item", "\(term.item) has an option without a value: it can't be added up")
        }
    }

    private mutating func fault(_ rule: InstrumentFault.Rule, _ member: String, _ text: String) {
        faults.append(InstrumentFault(rule, at: "\(place)/\(member)", text))
    }
}
