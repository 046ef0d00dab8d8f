internal import Documents
internal import Events
internal import FHIR
internal import Instruments

/// Answers that somebody writes by hand to try an instrument: `{"linkId": answer, …}`.
///
/// An answer is the code of an option, a whole number, true or false, or null for an item that was left out; one that
/// isn't named was left out too.
enum AnswersFile {
    static func read(_ members: inout Members, to checked: CheckedInstrument) -> [ItemAnswer] {
        let items = checked.published.definition.items
        let answers = items.compactMap { members.optional($0.linkId, rule(for: $0, checked.questions)) }
        let known = Set(items.map(\.linkId))
        for name in members.names where !known.contains(name) {
            _ = members.json(name)
            members.fault("the instrument has no such item", at: name.shownPointerToken)
        }
        return answers
    }

    private static func rule(for item: InstrumentItem, _ questions: Questions) -> MemberRule<ItemAnswer> {
        MemberRule(text: expected(of: item)) { json in
            let value: AnswerValue?
            switch json {
            case .null: value = nil
            case .string(let code): value = .code(code)
            case .boolean(let truth): value = .boolean(truth)
            case .number(let digits):
                guard let number = Int(digits) else { return nil }
                value = .integer(number)
            case .object, .array: return nil
            }
            let answer = ItemAnswer(item: item.linkId, value: value)
            do throws(AnswerRefusal) {
                _ = try questions.read([answer])
                return answer
            } catch {
                return nil
            }
        }
    }

    private static func expected(of item: InstrumentItem) -> String {
        switch (item.type, item.range) {
        case (.boolean, _): "true, false or null"
        case (.integer, let range?): "a whole number from \(range.low) to \(range.high), or null"
        default: "one of \(item.options.map(\.code).joined(separator: ", ")), or null"
        }
    }
}
