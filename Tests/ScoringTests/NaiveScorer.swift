import Events

@testable import Scoring

/// Scores a form the slow way: by trying every possible answer to everything that was left unanswered. Written apart
/// from the service's scorer, of which it shares no line, to check it against.
struct NaiveScorer {
    let definition: InstrumentDefinition

    typealias Form = [String: AnswerValue]

    /// What a form says of each factor.
    func factors(_ form: Form) -> [Score.Factor] {
        definition.factors.map { factor in
            let rules = definition.rules.filter { $0.factor == factor }
            let results = rules.map { result(of: $0, form) }
            let best: FactorResult =
                results.contains { $0.result == .outcome }
                ? .outcome : results.contains { $0.result == .unknown } ? .unknown : .noOutcome
            let place = results.firstIndex { $0.result == best } ?? 0
            let open = Set(results.filter { $0.result == .unknown }.flatMap(\.open))
            // The issue: "the items that triggered". An item did if its answer counts in some rule that says what the
            // factor says.
            let triggered = definition.items.map(\.linkId).filter { item in
                rules.indices.contains { results[$0].result == best && counted(rules[$0], form).contains(item) }
            }
            return Score.Factor(
                factor: factor, result: best, because: triggered,
                unanswered: best == .unknown ? definition.items.map(\.linkId).filter(open.contains) : [],
                rule: rules[place].code)
        }
    }

    func signals(_ form: Form) -> [Signal] {
        definition.signals.filter { isMarked($0.triggers, form) }.map(\.signal)
    }

    func isAcute(_ form: Form) -> Bool { isMarked(definition.acute, form) }

    /// Every possible answer to an item.
    static func answers(to item: InstrumentItem) -> [AnswerValue] {
        if item.type == .boolean { return [.boolean(false), .boolean(true)] }
        if let range = item.range { return (range.low...range.high).map { .integer($0) } }
        return item.options.map { .code($0.code) }
    }

    private func result(of rule: FactorRule, _ form: Form) -> (result: FactorResult, open: [String]) {
        let involved = definition.items.filter { involves(rule, $0.linkId) }
        let missing = involved.filter { form[$0.linkId] == nil }
        var completions = [form]
        for item in missing {
            completions = completions.flatMap { form in
                Self.answers(to: item).map { form.merging([item.linkId: $0]) { $1 } }
            }
        }
        let holds = completions.map { sum(of: rule, $0) >= threshold(of: rule) }
        if holds.allSatisfy({ $0 }) { return (.outcome, []) }
        if holds.allSatisfy({ !$0 }) { return (.noOutcome, []) }
        let open = missing.map(\.linkId).filter { item in
            var seen: [Form: Bool] = [:]
            return zip(completions, holds).contains { completion, holds in
                let others = completion.filter { $0.key != item }
                defer { seen[others] = holds }
                return seen[others].map { $0 != holds } ?? false
            }
        }
        return (.unknown, open)
    }

    private func sum(of rule: FactorRule, _ form: Form) -> Int {
        let asked = form.filter { isAsked($0.key, form) }
        let counted = rule.triggers.count { matches($0, asked[$0.item]) }
        return (rule.terms ?? []).reduce(counted) { sum, term in
            guard let answer = asked[term.item] else { return sum }
            return sum + term.weight * value(of: answer, term)
        }
    }

    private func threshold(of rule: FactorRule) -> Int {
        switch rule.kind {
        case .anyOf: 1
        case .atLeast: rule.atLeast ?? 0
        case .weightedSum: rule.cutOff ?? 0
        }
    }

    private func counted(_ rule: FactorRule, _ form: Form) -> [String] {
        definition.items.map(\.linkId).filter { item in
            guard let answer = form[item], isAsked(item, form) else { return false }
            if rule.triggers.contains(where: { $0.item == item && matches($0, answer) }) { return true }
            guard let term = rule.terms?.first(where: { $0.item == item }) else { return false }
            let least = Self.answers(to: self.item(item)).map { value(of: $0, term) }.min() ?? 0
            return value(of: answer, term) > least
        }
    }

    private func value(of answer: AnswerValue, _ term: RuleTerm) -> Int {
        let item = item(term.item)
        func plain(_ answer: AnswerValue) -> Int {
            switch answer {
            case .boolean(let truth): truth ? 1 : 0
            case .integer(let number): number
            case .code(let code): item.options.first { $0.code == code }?.value ?? 0
            }
        }
        guard term.reversed == true else { return plain(answer) }
        let all = Self.answers(to: item).map(plain)
        return (all.min() ?? 0) + (all.max() ?? 0) - plain(answer)
    }

    private func isMarked(_ patterns: [AnswerPattern], _ form: Form) -> Bool {
        patterns.contains { matches($0, form[$0.item]) && mayBeAsked($0.item, form) }
    }

    private func item(_ linkId: String) -> InstrumentItem {
        definition.items.first { $0.linkId == linkId } ?? definition.items[0]
    }

    private func involves(_ rule: FactorRule, _ linkId: String) -> Bool {
        var names = Set(rule.triggers.map(\.item) + (rule.terms ?? []).map(\.item))
        for _ in definition.items { names.formUnion(names.compactMap { item($0).askedWhen?.item }) }
        return names.contains(linkId)
    }

    /// Whether an item is certainly asked.
    private func isAsked(_ linkId: String, _ form: Form) -> Bool {
        guard let gate = item(linkId).askedWhen else { return true }
        return isAsked(gate.item, form) && matches(gate, form[gate.item])
    }

    /// Whether no answer says that an item isn't asked.
    private func mayBeAsked(_ linkId: String, _ form: Form) -> Bool {
        guard let gate = item(linkId).askedWhen else { return true }
        return mayBeAsked(gate.item, form) && (form[gate.item] == nil || matches(gate, form[gate.item]))
    }

    private func matches(_ pattern: AnswerPattern, _ answer: AnswerValue?) -> Bool {
        switch answer {
        case nil: false
        case .code(let code): pattern.options.contains(code)
        case .boolean(let truth): pattern.options.contains(truth ? "true" : "false")
        case .integer(let number):
            (pattern.from.map { $0 <= number } ?? true) && (pattern.to.map { number <= $0 } ?? true)
        }
    }
}
