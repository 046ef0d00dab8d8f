internal import Events
internal import FHIR

/// Holds an instrument's codes and rules against its wording: what a parent can answer is exactly what can be scored.
struct DefinitionAgreement {
    /// A rule that isn't kept, at a place below the file's root.
    struct Fault: Equatable {
        let place: String
        let rule: String
    }

    private(set) var faults: [Fault] = []
    private let definition: InstrumentDefinition
    private let questionnaire: PreparedQuestionnaire

    init(_ definition: InstrumentDefinition, _ questionnaire: PreparedQuestionnaire) {
        self.definition = definition
        self.questionnaire = questionnaire
        checkItems()
        checkRules()
    }

    private mutating func checkItems() {
        let asked = Self.questions(questionnaire.questionnaire.items)
        if asked.map(\.linkID) != definition.items.map(\.linkId) {
            fault("definition/items", "must be the questions of the Questionnaire, in their order")
        }
        for (index, item) in definition.items.enumerated() {
            guard let question = asked.first(where: { $0.linkID == item.linkId }) else { continue }
            let place = "definition/items/\(index)"
            if question.type.rawValue != item.type.rawValue {
                fault("\(place)/type", "must be the type that the Questionnaire gives the question")
            }
            if Self.codes(of: question) != item.options.map(\.code) {
                fault("\(place)/options", "must be the options of the question, in their order")
            }
            if question.required == true, !item.required {
                fault("\(place)/required", "must be true where the Questionnaire says so")
            }
            if question.repeats == true { fault(place, "a question that takes several answers can't be scored") }
            if let factor = item.factor, !definition.factors.contains(factor) {
                fault("\(place)/factor", "must be among the factors")
            }
        }
    }

    private mutating func checkRules() {
        for factor in definition.factors where !definition.rules.contains(where: { $0.factor == factor }) {
            fault("definition/rules", "factor \(factor.rawValue) has no rule")
        }
        if Set(definition.rules.map(\.code)).count != definition.rules.count {
            fault("definition/rules", "has a code twice")
        }
        for (index, rule) in definition.rules.enumerated() {
            if !definition.factors.contains(rule.factor) {
                fault("definition/rules/\(index)/factor", "must be among the factors")
            }
            check(rule.triggers, at: "definition/rules/\(index)/triggers")
        }
        for (index, signal) in definition.signals.enumerated() {
            check(signal.triggers, at: "definition/signals/\(index)/triggers")
        }
        check(definition.acute, at: "definition/acute")
    }

    private mutating func check(_ patterns: [AnswerPattern], at place: String) {
        for (index, pattern) in patterns.enumerated() {
            guard let item = definition.items.first(where: { $0.linkId == pattern.item }) else {
                fault("\(place)/\(index)/item", "must be one of the items")
                continue
            }
            let answers = item.type == .boolean ? ["true", "false"] : item.options.map(\.code)
            if item.type != .integer, !Set(pattern.options).isSubset(of: answers) {
                fault("\(place)/\(index)/options", "must be options of the item")
            }
        }
    }

    private mutating func fault(_ place: String, _ rule: String) {
        faults.append(Fault(place: place, rule: rule))
    }

    /// The questions in document order, groups and texts left out.
    private static func questions(_ items: [Questionnaire.Item]) -> [Questionnaire.Item] {
        items.flatMap { ($0.type.isQuestion ? [$0] : []) + questions($0.items) }
    }

    private static func codes(of question: Questionnaire.Item) -> [String] {
        question.answerOptions.compactMap { option in
            guard case .coding(let coding) = option.value else { return nil }
            return coding.code
        }
    }
}
