internal import Events
internal import FHIR
internal import Foundation

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

    init(_ published: InstrumentPublished, _ questionnaire: PreparedQuestionnaire) {
        definition = published.definition
        self.questionnaire = questionnaire
        checkVersion(published)
        checkStructure(questionnaire.questionnaire.items, belowQuestion: false)
        checkItems()
    }

    private mutating func checkVersion(_ published: InstrumentPublished) {
        if questionnaire.canonical.version != published.instrument.version {
            fault("questionnaire/version", "must be the version of the instrument")
        }
        faults += LanguageAgreement(published.languages, questionnaire.questionnaire).faults
    }

    /// Only a question's own condition can be scored by: not one of a group, nor standing below another question.
    private mutating func checkStructure(_ items: [Questionnaire.Item], belowQuestion: Bool) {
        for item in items {
            if belowQuestion, item.type.isQuestion {
                fault("questionnaire/item", "\(item.linkID) stands below a question: give it a condition instead")
            }
            if item.type == .group, !item.enableWhen.isEmpty || item.repeats == true {
                fault("questionnaire/item", "the group \(item.linkID) is asked sometimes or often: it can't be scored")
            }
            checkStructure(item.items, belowQuestion: belowQuestion || item.type.isQuestion)
        }
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
            checkOptions(of: item, question, at: place)
            if question.required == true, !item.required {
                fault("\(place)/required", "must be true where the Questionnaire says so")
            }
            if question.repeats == true { fault(place, "a question that takes several answers can't be scored") }
            if !question.isAsked(when: item.askedWhen) {
                fault("\(place)/askedWhen", "must be the condition under which the Questionnaire asks the question")
            }
        }
    }

    private mutating func checkOptions(of item: InstrumentItem, _ question: Questionnaire.Item, at place: String) {
        let codes = question.answerOptions.compactMap { option -> String? in
            guard case .coding(let coding) = option.value else { return nil }
            return coding.code
        }
        if codes != item.options.map(\.code) {
            fault("\(place)/options", "must be the options of the question, in their order")
            return
        }
        for (place, option) in zip(item.options.indices.map({ "\(place)/options/\($0)/value" }), item.options) {
            let shown = question.answerOptions.first { $0.isCoded(option.code) }?.ordinalValue
            if let shown, option.value.map({ Decimal($0) }) != shown {
                fault(place, "must be the ordinalValue that the Questionnaire gives the option")
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
}

extension Questionnaire.AnswerOption {
    fileprivate func isCoded(_ code: String) -> Bool {
        guard case .coding(let coding) = value else { return false }
        return coding.code == code
    }
}
