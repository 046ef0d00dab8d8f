internal import Events
internal import Instruments

/// What a form says about each factor: a pure function of answers and instrument (DESIGN 3.1, rule 1).
///
/// *none* only when every item that could still make an outcome was answered; a missing answer is unknown, not no. An
/// outcome that is already certain stays one whatever is missing. Whole numbers only.
struct Score: Sendable, Equatable {
    /// One factor's result.
    struct Factor: Sendable, Equatable {
        let factor: RiskFactor
        let result: FactorResult
        /// Items whose answers counted in any of the rules with that result, in the order of the instrument.
        let because: [String]
        /// Items without an answer that could still change the result; none unless it is unknown.
        let unanswered: [String]
        /// The first of the rules with that result.
        let rule: String
    }

    let factors: [Factor]
    let signals: [Signal]
    /// Whether an answer is of the kind at which the unit's routine is to be shown at once.
    let acute: Bool

    init(_ given: GivenAnswers, by instrument: Instrument) {
        factors = instrument.factors.map { Self.decide($0.factor, by: $0.rules, given, instrument.checked.questions) }
        signals = instrument.checked.signals(of: given)
        acute = instrument.checked.isAcute(given)
    }

    /// Of a factor's rules the one that says most decides: an outcome before the unknown, the unknown before none.
    /// While several say the same, what counted in any of them counts, and what could still change any of them is
    /// missing.
    private static func decide(
        _ factor: RiskFactor, by rules: [CompiledRule], _ given: GivenAnswers, _ questions: Questions
    ) -> Factor {
        guard let first = rules.first else {
            // A checked instrument has a rule for each factor; a factor that no rule speaks of would be unknown.
            return Factor(factor: factor, result: .unknown, because: [], unanswered: [], rule: "")
        }
        var (result, deciding, others) = (first.result(of: given), first, [CompiledRule]())
        for rule in rules.dropFirst() {
            let own = rule.result(of: given)
            if says(own, moreThan: result) {
                (result, deciding, others) = (own, rule, [])
            } else if own == result {
                others.append(rule)
            }
        }
        func all(_ items: (CompiledRule) -> [String]) -> [String] {
            others.isEmpty ? items(deciding) : questions.inOrder(Set(([deciding] + others).flatMap(items)))
        }
        return Factor(
            factor: factor, result: result, because: all { $0.counted(of: given, in: questions) },
            unanswered: result == .unknown ? all { $0.open(given, in: questions) } : [], rule: deciding.code)
    }

    private static func says(_ one: FactorResult, moreThan other: FactorResult) -> Bool {
        switch (one, other) {
        case (.outcome, .unknown), (.outcome, .noOutcome), (.unknown, .noOutcome): true
        case (.outcome, .outcome), (.unknown, .outcome), (.unknown, .unknown), (.noOutcome, _): false
        }
    }
}
