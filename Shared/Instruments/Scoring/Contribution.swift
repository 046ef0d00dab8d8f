internal import Events

/// What the answers to one question add to a rule's sum.
enum Contribution: Sendable {
    /// Nothing: the question only decides whether others are asked.
    case nothing
    /// 1 for each answer that counts.
    case counted(AnswerSet)
    /// A number for each option.
    case byOption([Int])
    /// `factor` times the number, plus `constant`.
    case linear(factor: Int, constant: Int)

    /// What a term adds for each answer to an item without faults.
    init(_ term: RuleTerm, to item: InstrumentItem) {
        let values: [Int]
        switch item.type {
        case .integer:
            let ends = (item.range?.low ?? 0) + (item.range?.high ?? 0)
            self =
                term.reversed == true
                ? .linear(factor: -term.weight, constant: term.weight * ends)
                : .linear(factor: term.weight, constant: 0)
            return
        case .boolean: values = [0, 1]
        default: values = item.options.map { $0.value ?? 0 }
        }
        let ends = (values.min() ?? 0) + (values.max() ?? 0)
        self = .byOption(values.map { term.weight * (term.reversed == true ? ends - $0 : $0) })
    }

    func of(_ answer: Int) -> Int {
        switch self {
        case .nothing: 0
        case .counted(let answers): answers.contains(answer) ? 1 : 0
        case .byOption(let values): values[answer]
        case .linear(let factor, let constant): factor * answer + constant
        }
    }
}
