internal import Delivery
internal import Events

/// A form's latest revision and what it was scored to.
struct ScoredForm: Sendable {
    let child: ChildID
    let form: Event<AnswersSubmitted>
    /// The form as it was said, for replay.
    let bytes: [UInt8]
    let outcomeRevision: Int
    let factors: [FactorOutcome]
    let signals: [Signal]
    let acute: Bool

    /// Whether any factor has an outcome.
    var hasOutcome: Bool { factors.contains { $0.result == .outcome } }

    /// Takes a form with its score.
    init(
        _ form: Event<AnswersSubmitted>, bytes: [UInt8], child: ChildID, as score: Score,
        since before: Course.Earlier?, outcomeRevision: Int
    ) {
        self.init(
            child: child, form: form, bytes: bytes, outcomeRevision: outcomeRevision,
            factors: Course.factors(of: score, since: before, instrument: form.body.instrument),
            signals: score.signals, acute: score.acute)
    }

    init(
        child: ChildID, form: Event<AnswersSubmitted>, bytes: [UInt8], outcomeRevision: Int, factors: [FactorOutcome],
        signals: [Signal], acute: Bool
    ) {
        self.child = child
        self.form = form
        self.bytes = bytes
        self.outcomeRevision = outcomeRevision
        self.factors = factors
        self.signals = signals
        self.acute = acute
    }

    /// The form as its successor is compared with it.
    var asEarlier: Course.Earlier {
        Course.Earlier(instrument: form.body.instrument, factors: factors)
    }

    /// This form compared with another predecessor than before; nil when nothing changes by it.
    func compared(with before: ScoredForm) -> ScoredForm? {
        let score = Score(factors: factors, signals: signals, acute: acute)
        let again = Course.factors(of: score, since: before.asEarlier, instrument: form.body.instrument)
        guard again != factors else { return nil }
        return ScoredForm(
            child: child, form: form, bytes: bytes, outcomeRevision: outcomeRevision + 1, factors: again,
            signals: signals, acute: acute)
    }

    /// The outcome as an event.
    func saying() throws -> Saying {
        let common = form.common
        let body = form.body
        return try Saying(
            Event<OutcomeScored>(
                CommonMembers(
                    occurredAt: common.occurredAt, region: common.region, unit: common.unit,
                    residenceMunicipality: common.residenceMunicipality, actor: Actor(role: .system),
                    revision: outcomeRevision, restricted: common.restricted, synthetic: common.synthetic,
                    registryVersion: common.registryVersion),
                OutcomeScored(
                    screening: body.screening, visit: body.visit, slot: body.slot, respondent: body.respondent,
                    instrument: body.instrument, factors: factors, signals: signals, acute: acute,
                    cause: common.revision > 1 ? .amended : .answered)),
            child: child)
    }
}

extension Score {
    /// The score that outcomes were made from.
    init(factors: [FactorOutcome], signals: [Signal], acute: Bool) {
        self.factors = factors.map { outcome in
            Factor(
                factor: outcome.factor, result: outcome.result, because: outcome.because,
                unanswered: outcome.unanswered, rule: outcome.rule)
        }
        self.signals = signals
        self.acute = acute
    }
}
