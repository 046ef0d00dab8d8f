internal import Events
internal import FHIR

extension Questionnaire.Item {
    /// Whether the Questionnaire asks the question after exactly the answers of a pattern; always when there is none.
    ///
    /// A pattern of options is one condition `=` for each, any of which suffices; an interval is `>=` and `<=`, both of
    /// which must hold.
    func isAsked(when pattern: AnswerPattern?) -> Bool {
        guard let pattern else { return enableWhen.isEmpty }
        let conditions = Set(enableWhen.compactMap(Condition.init))
        guard conditions.count == enableWhen.count, enableWhen.allSatisfy({ $0.question == pattern.item }) else {
            return false
        }
        let isInterval = pattern.from != nil || pattern.to != nil
        if enableWhen.count > 1, enableBehavior != (isInterval ? .all : .any) { return false }
        var expected = Set(pattern.options.map { Condition(.equal, $0) })
        if let from = pattern.from { expected.insert(Condition(.greaterOrEqual, String(from))) }
        if let to = pattern.to { expected.insert(Condition(.lessOrEqual, String(to))) }
        return conditions == expected
    }
}

/// A condition as patterns know it: a comparison with a code or a number.
private struct Condition: Hashable {
    let comparison: Questionnaire.EnableWhen.Operator
    let answer: String

    init(_ comparison: Questionnaire.EnableWhen.Operator, _ answer: String) {
        self.comparison = comparison
        self.answer = answer
    }

    init?(_ condition: Questionnaire.EnableWhen) {
        comparison = condition.comparison
        switch condition.answer {
        case .coding(let coding): answer = coding.code ?? ""
        case .boolean(let truth): answer = truth ? "true" : "false"
        case .integer(let number): answer = String(number)
        default: return nil
        }
    }
}
