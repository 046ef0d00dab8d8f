internal import Foundation

/// What a question asks of one answer: its type, its options, its length.
enum AnswerRules {
    /// The first rule that the answer doesn't keep, or nil.
    static func fault(
        of value: FHIRValue, to question: Questionnaire.Item
    ) -> (code: IssueCode, rule: String)? {
        guard question.type.takes(value) else {
            return (.value, "The question \(question.linkID) takes \(question.type.memberName).")
        }
        if !question.answerOptions.isEmpty, !isFreeText(value, question),
            !question.answerOptions.contains(where: { $0.value.means(value) })
        {
            return (.codeInvalid, "The answer isn't among the options of the question \(question.linkID).")
        }
        if let lengthMax = question.maxLength, let length = length(of: value), length > lengthMax {
            return (.tooLong, "The question \(question.linkID) takes at most \(lengthMax) characters.")
        }
        return nil
    }

    private static func isFreeText(_ value: FHIRValue, _ question: Questionnaire.Item) -> Bool {
        guard question.type == .openChoice, case .string = value else { return false }
        return true
    }

    /// The characters that `maxLength` counts; nil for what has no length.
    private static func length(of value: FHIRValue) -> Int? {
        switch value {
        case .string(let text), .uri(let text): text.unicodeScalars.count
        case .integer(let number): String(number).count
        case .decimal(let number): number.description.count
        default: nil
        }
    }
}
