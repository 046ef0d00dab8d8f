internal import Events

/// How a respondent's factors went from one form of a questionnaire to the next, in the order of the child's age.
enum Course {
    /// The form before, as its successor is compared with it.
    struct Earlier: Sendable {
        /// The version that decided.
        let ruledBy: Instrument
        /// In the order of that version's factors.
        let results: [FactorResult]
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
        guard let place = earlier.ruledBy.factors.firstIndex(where: { $0.factor == factor }),
            earlier.results.indices.contains(place), instrument.decides(factor, like: earlier.ruledBy)
        else { return .notComparable }
        return switch (earlier.results[place], result) {
        case (.unknown, _), (_, .unknown): .notComparable
        case (.outcome, .outcome), (.noOutcome, .noOutcome): .persisting
        case (.outcome, .noOutcome): .gone
        case (.noOutcome, .outcome): .new
        }
    }
}

extension Course.Earlier {
    /// - Parameter factors: an outcome's, in the order in which the version has them.
    init(ruledBy: Instrument, factors: [FactorOutcome]) {
        self.init(ruledBy: ruledBy, results: factors.map(\.result))
    }

    /// One letter a result: what a successor is compared with takes a few bytes of a row.
    static func letters(of factors: [FactorOutcome]) -> String {
        String(decoding: factors.map { letter(of: $0.result) }, as: UTF8.self)
    }

    /// What `letters` wrote; nil for anything else.
    init?(ruledBy: Instrument, letters: some Collection<UInt8>) {
        let results = letters.compactMap { letter in FactorResult.allCases.first { Self.letter(of: $0) == letter } }
        guard results.count == letters.count, results.count == ruledBy.factors.count else { return nil }
        self.init(ruledBy: ruledBy, results: results)
    }

    private static func letter(of result: FactorResult) -> UInt8 {
        switch result {
        case .outcome: UInt8(ascii: "o")
        case .noOutcome: UInt8(ascii: "n")
        case .unknown: UInt8(ascii: "u")
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
