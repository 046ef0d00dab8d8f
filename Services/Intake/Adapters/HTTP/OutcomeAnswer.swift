internal import Events
internal import Instruments

/// A form's outcome for the nurse. Beside each factor and signal stands how well the form finds it, or that nobody has
/// examined that: no outcome is shown without (DESIGN 4.1).
struct OutcomeAnswer: Encodable, Sendable {
    /// A factor's result, why, and what it is worth.
    struct Factor: Encodable, Sendable {
        let factor: RiskFactor
        let result: FactorResult
        let because: [String]
        let unanswered: [String]
        let rule: String
        let change: FactorChange
        /// The result and its rule, in Swedish.
        let words: String
        let accuracy: ShownAccuracy
    }

    /// A signal that was given, and what it is worth.
    struct GivenSignal: Encodable, Sendable {
        let signal: Signal
        let accuracy: ShownAccuracy
    }

    let screening: ScreeningID
    /// What became of the form.
    let state: String
    /// Absent until it is scored.
    let factors: [Factor]?
    let signals: [GivenSignal]?
    /// Of the form as a whole.
    let accuracy: ShownAccuracy?
    /// Whether the unit's routine is to be shown at once.
    let acute: Bool?
    let instrument: InstrumentReference?

    init(screening: ScreeningID, state: String, outcome: OutcomeScored?, by registry: Registry) {
        self.screening = screening
        self.state = state
        let published = outcome.flatMap { outcome in
            registry.instruments.first { $0.reference == outcome.instrument }?.published
        }
        let definition = published?.definition
        factors = outcome?.factors.map { Factor($0, by: definition) }
        signals = outcome?.signals.map { signal in
            let rule = definition?.signals.first { $0.signal == signal }
            return GivenSignal(signal: signal, accuracy: ShownAccuracy(rule?.evidence, isKnown: definition != nil))
        }
        accuracy = outcome.map { _ in ShownAccuracy(definition?.formEvidence, isKnown: definition != nil) }
        acute = outcome?.acute
        instrument = outcome?.instrument
    }
}

extension OutcomeAnswer.Factor {
    fileprivate init(_ outcome: FactorOutcome, by definition: InstrumentDefinition?) {
        let rule = definition?.rules.first { $0.code == outcome.rule }
        let evidence = definition?.evidence.first { $0.factor == outcome.factor }
        self.init(
            factor: outcome.factor, result: outcome.result, because: outcome.because, unanswered: outcome.unanswered,
            rule: outcome.rule, change: outcome.change,
            // The items that counted and that are missing stand beside the words; the points aren't in the outcome.
            words: RuleWords.swedish(of: outcome.result, by: rule),
            accuracy: ShownAccuracy(evidence.map { Accuracy($0) }, isKnown: definition != nil))
    }
}

/// Published accuracy as it stands beside an outcome: always in words, with its figures where there are any.
struct ShownAccuracy: Encodable, Sendable {
    /// In Swedish.
    let words: String
    let examined: Bool
    let sensitivity: Estimate?
    let specificity: Estimate?
    let sensitivityWithin: PublishedRange?
    let specificityWithin: PublishedRange?
    let positivePredictiveValue: Estimate?
    let negativePredictiveValue: Estimate?
    let referenceStandard: String?
    let population: String?
    let source: String?

    /// - Parameter isKnown: false for an instrument that is no longer among those loaded, of which nothing can be said.
    init(_ accuracy: Accuracy?, isKnown: Bool) {
        words =
            isKnown
            ? (accuracy ?? Accuracy(examined: false)).swedishWords
            : "Träffsäkerheten kan inte visas: formulärets version är inte laddad här"
        examined = accuracy?.examined ?? false
        sensitivity = accuracy?.sensitivity
        specificity = accuracy?.specificity
        sensitivityWithin = accuracy?.sensitivityWithin
        specificityWithin = accuracy?.specificityWithin
        positivePredictiveValue = accuracy?.positivePredictiveValue
        negativePredictiveValue = accuracy?.negativePredictiveValue
        referenceStandard = accuracy?.referenceStandard
        population = accuracy?.population
        source = accuracy?.source
    }
}
