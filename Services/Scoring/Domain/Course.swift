internal import Events

/// How a respondent's factor went from one form to the next.
enum Course {
    /// The part of an earlier form that its successor is compared with.
    struct Earlier: Sendable, Equatable {
        let instrument: InstrumentReference
        /// Result and rule of each factor.
        let results: [RiskFactor: (result: FactorResult, rule: String)]

        static func == (left: Earlier, right: Earlier) -> Bool {
            left.instrument == right.instrument
                && left.results.mapValues { "\($0.result) \($0.rule)" }
                    == right.results.mapValues { "\($0.result) \($0.rule)" }
        }
    }

    /// The factors of a form with how each changed since the one before.
    static func factors(of score: Score, since earlier: Earlier?, instrument: InstrumentReference) -> [FactorOutcome] {
        score.factors.map { factor in
            FactorOutcome(
                factor: factor.factor, result: factor.result, because: factor.because, unanswered: factor.unanswered,
                rule: factor.rule, change: change(of: factor, since: earlier, instrument: instrument))
        }
    }

    private static func change(
        of factor: Score.Factor, since earlier: Earlier?, instrument: InstrumentReference
    ) -> FactorChange {
        guard let earlier else { return .first }
        guard let before = earlier.results[factor.factor], earlier.instrument.code == instrument.code,
            before.rule == factor.rule
        else { return .notComparable }
        switch (before.result, factor.result) {
        case (.unknown, _), (_, .unknown): return .notComparable
        case (.outcome, .outcome): return .persisting
        case (.outcome, .noOutcome): return .gone
        case (.noOutcome, .outcome): return .new
        case (.noOutcome, .noOutcome): return .persisting
        }
    }
}

extension Course.Earlier {
    /// A form that was scored.
    init(instrument: InstrumentReference, factors: [FactorOutcome]) {
        self.init(
            instrument: instrument,
            results: Dictionary(factors.map { ($0.factor, ($0.result, $0.rule)) }) { first, _ in first })
    }
}
