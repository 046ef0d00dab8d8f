internal import Events

/// What a form says about each factor: a pure function of answers and instrument (DESIGN 3.1, rule 1).
///
/// *none* only when every item that could still make an outcome was answered; a missing answer is unknown, not no. An
/// outcome that is already certain stays one whatever is missing. Whole numbers only.
struct Score: Sendable, Equatable {
    /// One factor's result.
    struct Factor: Sendable, Equatable {
        let factor: RiskFactor
        let result: FactorResult
        /// Items whose answers triggered, in the order of the rule.
        let because: [String]
        /// Items of the rule without an answer.
        let unanswered: [String]
        /// The rule that decided.
        let rule: String
    }

    let factors: [Factor]
    let signals: [Signal]
    /// Whether an answer is of the kind at which the unit's routine is to be shown at once.
    let acute: Bool

    init(_ answers: [ItemAnswer], by definition: InstrumentDefinition) {
        let given = Dictionary(answers.map { ($0.item, $0.value) }) { first, _ in first }.compactMapValues { $0 }
        factors = definition.factors.map { factor in
            Self.strongest(
                definition.rules.filter { $0.factor == factor }.map { Self.apply($0, to: given) }, of: factor)
        }
        signals = definition.signals.filter { Self.isTriggered($0.triggers, by: given) }.map(\.signal)
        acute = Self.isTriggered(definition.acute, by: given)
    }

    private static func apply(_ rule: FactorRule, to given: [String: AnswerValue]) -> Factor {
        let needed = rule.kind == .anyOf ? 1 : rule.atLeast ?? 1
        let because = rule.triggers.filter { isTriggered([$0], by: given) }.map(\.item)
        let unanswered = rule.triggers.filter { given[$0.item] == nil }.map(\.item)
        let result: FactorResult =
            because.count >= needed ? .outcome : because.count + unanswered.count >= needed ? .unknown : .noOutcome
        return Factor(
            factor: rule.factor, result: result, because: because, unanswered: unanswered, rule: rule.code)
    }

    /// Of a factor's rules the one that says most: an outcome before the unknown, the unknown before none. A factor
    /// that no rule speaks of is unknown.
    private static func strongest(_ results: [Factor], of factor: RiskFactor) -> Factor {
        results.first { $0.result == .outcome } ?? results.first { $0.result == .unknown } ?? results.first
            ?? Factor(factor: factor, result: .unknown, because: [], unanswered: [], rule: "")
    }

    private static func isTriggered(_ patterns: [AnswerPattern], by given: [String: AnswerValue]) -> Bool {
        patterns.contains { pattern in
            guard let value = given[pattern.item] else { return false }
            return pattern.options.contains(value.code)
        }
    }
}
