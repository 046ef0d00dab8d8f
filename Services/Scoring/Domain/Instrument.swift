internal import Events
internal import Instruments

/// A questionnaire as scoring knows it. Made once for each version and kept; a reference, since every form looks at it.
final class Instrument: Sendable {
    let checked: CheckedInstrument
    /// The factors in their order, each with its rules.
    let factors: [(factor: RiskFactor, rules: [CompiledRule])]
    /// For telling whether results of two versions can be compared.
    let factorDigests: FactorDigests

    var reference: InstrumentReference { checked.published.instrument }

    /// - Throws: a fault of the program.
    init(_ checked: CheckedInstrument) throws(EventFault) {
        self.checked = checked
        factorDigests = try FactorDigests(checked.published.definition)
        factors = checked.published.definition.factors.map { factor in
            (factor, checked.rules.filter { $0.factor == factor })
        }
    }

    /// What a form says.
    /// - Throws: why the answers can't be ones to this instrument.
    func score(_ answers: [ItemAnswer]) throws(AnswerRefusal) -> Score {
        Score(try checked.questions.read(answers), by: self)
    }

    /// What a form that was given under another version says under this one. An answer that this version doesn't offer
    /// is none, so that its item is unknown and never no.
    /// - Throws: when an item stands twice.
    func scoreForeign(_ answers: [ItemAnswer]) throws(AnswerRefusal) -> Score {
        try score(answers.compactMap(readable))
    }

    /// What the rules with a factor's result say of a form, which may have been given under another version.
    /// - Throws: as scoring it does.
    func deciding(
        _ factor: RiskFactor, _ result: FactorResult, of answers: [ItemAnswer]
    ) throws(AnswerRefusal) -> [RuleReading] {
        let given = try checked.questions.read(answers.compactMap(readable))
        return checked.readings(of: factor, given).filter { $0.result == result }
    }

    private func readable(_ answer: ItemAnswer) -> ItemAnswer? {
        do throws(AnswerRefusal) {
            _ = try checked.questions.read([answer])
            return answer
        } catch {
            return error.reason == .itemUnknown ? nil : ItemAnswer(item: answer.item)
        }
    }
}
