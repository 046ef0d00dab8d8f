public import Events

/// A version of an instrument that keeps every rule of the definition language, arranged for scoring.
///
/// There is no other way to one than the check, so that what intake publishes and what scoring scores by have passed
/// the same. Making one takes some tens of microseconds for 18 items; a value that any number of threads may share.
public struct CheckedInstrument: Sendable {
    /// As it travels.
    public let published: InstrumentPublished
    /// Its items.
    public let questions: Questions
    /// Its rules, in their order.
    public let rules: [CompiledRule]
    /// Answers that give signals, in the order of the signals.
    let signals: [(signal: Signal, marks: [Mark])]
    /// Answers at which the unit's routine is shown.
    let acute: [Mark]

    /// Answers to one question that mean something by themselves.
    struct Mark: Sendable {
        let question: Int
        let answers: AnswerSet
    }

    /// Checks everything but the content hash, which `InstrumentPublished.hashMatches()` compares.
    /// - Throws: every fault, each with its place.
    public init(_ published: InstrumentPublished) throws(InstrumentFaults) {
        let definition = published.definition
        let items = ItemCheck(definition)
        let check = RuleCheck(definition, items)
        var faults = PublicationCheck.faults(of: published) + items.faults + check.faults
        faults += EvidenceCheck(definition).faults
        let questions = Questions(definition.items)
        let none = questions.unanswered
        // Of a rule that is right in itself it can be told what answers come to, whatever is wrong elsewhere.
        let rules = check.sound.map { CompiledRule(definition.rules[$0], of: definition.items, questions) }
        for (index, rule) in zip(check.sound, rules) {
            let place = "/definition/rules/\(index)"
            faults += ReachCheck.faults(of: definition.rules[index], at: place, rule, none)
        }
        guard faults.isEmpty else { throw InstrumentFaults(faults) }
        self.published = published
        self.questions = questions
        self.rules = rules
        func marks(_ patterns: [AnswerPattern]) -> [Mark] {
            patterns.compactMap { pattern in
                questions.number(of: pattern.item).map {
                    Mark(question: $0, answers: questions.all[$0].kind.answers(in: pattern))
                }
            }
        }
        signals = definition.signals.map { ($0.signal, marks($0.triggers)) }
        acute = marks(definition.acute)
    }

    /// The signals that answers give. A follow-up that was answered counts unless its gate says that it is not asked.
    public func signals(of given: GivenAnswers) -> [Signal] {
        signals.filter { isMet($0.marks, by: given) }.map(\.signal)
    }

    /// Whether an answer is of the kind at which the unit's routine is to be shown at once.
    public func isAcute(_ given: GivenAnswers) -> Bool { isMet(acute, by: given) }

    private func isMet(_ marks: [Mark], by given: GivenAnswers) -> Bool {
        marks.contains { mark in
            guard let answer = given.values[mark.question], given.isAsked(mark.question) != .no else { return false }
            return mark.answers.contains(answer)
        }
    }
}
