internal import Events

/// How a respondent's factors went from one form of a questionnaire to the next, in the order of the child's age.
enum Course {
    /// The form before, as its successor is compared with it.
    struct Earlier: Sendable {
        /// The version that decided.
        let ruledBy: Instrument
        let factors: [FactorOutcome]
    }

    /// What is compared with a form, and the form that is compared with it.
    struct Neighbours: Sendable {
        var before: Earlier?
        var after: Later?
    }

    /// The form after, with the version that decided it.
    struct Later: Sendable {
        let form: ScoredForm
        let ruledBy: Instrument
    }

    /// The change of a factor since the form before.
    ///
    /// Only what the same rules decided is compared, and only what both forms know.
    static func change(
        of factor: RiskFactor, to result: FactorResult, under instrument: Instrument, since earlier: Earlier?
    ) -> FactorChange {
        guard let earlier else { return .first }
        guard let before = earlier.factors.first(where: { $0.factor == factor }),
            instrument.decides(factor, like: earlier.ruledBy)
        else { return .notComparable }
        return switch (before.result, result) {
        case (.unknown, _), (_, .unknown): .notComparable
        case (.outcome, .outcome), (.noOutcome, .noOutcome): .persisting
        case (.outcome, .noOutcome): .gone
        case (.noOutcome, .outcome): .new
        }
    }
}

extension Instrument {
    /// Whether a factor's result can be compared with another version's of the same questionnaire: for this factor the
    /// same rules on the same items.
    fileprivate func decides(_ factor: RiskFactor, like other: Instrument) -> Bool {
        guard reference.version != other.reference.version else { return true }
        guard let digest = factorDigests[factor] else { return false }
        return digest == other.factorDigests[factor]
    }
}
