internal import Events
internal import Instruments

/// A questionnaire as scoring knows it. Made once for each version and kept.
struct Instrument: Sendable {
    let checked: CheckedInstrument
    /// The factors in their order, each with its rules.
    let factors: [(factor: RiskFactor, rules: [CompiledRule])]

    init(_ checked: CheckedInstrument) {
        self.checked = checked
        factors = checked.published.definition.factors.map { factor in
            (factor, checked.rules.filter { $0.factor == factor })
        }
    }

    /// What a form says.
    /// - Throws: why the answers can't be ones to this instrument.
    func score(_ answers: [ItemAnswer]) throws(AnswerRefusal) -> Score {
        Score(try checked.questions.read(answers), by: self)
    }
}
