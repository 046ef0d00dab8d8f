/// The rules of FHIR R4 that tie the parts of one item together (que-1 to que-13), and what this module needs beyond
/// them.
///
/// que-2, that linkIds are unique, and the conditions' questions need the whole tree: `PreparedQuestionnaire` has them.
struct QuestionnaireRules {
    private(set) var issues = Issues()

    /// Checks one item, without the items below it.
    mutating func check(_ item: Questionnaire.Item, at place: String) {
        checkNesting(item, at: place)
        checkDisplay(item, at: place)
        checkOptions(item, at: place)
        checkInitial(item, at: place)
        if item.maxLength != nil, !item.type.mayHaveMaxLength {
            issues.add(.invariant, at: place, "An item of type \(item.type.rawValue) has no maxLength (que-10).")
        }
        if let length = item.maxLength, length < 1 {
            issues.add(.value, at: "\(place).maxLength", "maxLength is at least 1.")
        }
        if item.enableWhen.count > 1, item.enableBehavior == nil {
            issues.add(.invariant, at: place, "Several enableWhen need an enableBehavior (que-12).")
        }
        if item.type == .attachment {
            issues.add(.notSupported, at: "\(place).type", "Attachments aren't taken as answers.")
        }
    }

    mutating func report(_ code: IssueCode, at place: @autoclosure () -> String, _ rule: @autoclosure () -> String) {
        issues.add(code, at: place(), rule())
    }

    private mutating func checkNesting(_ item: Questionnaire.Item, at place: String) {
        if item.type == .group, item.items.isEmpty {
            issues.add(.invariant, at: place, "A group has items (que-1).")
        }
        if item.type == .display, !item.items.isEmpty {
            issues.add(.invariant, at: place, "A display item has no items (que-1).")
        }
    }

    private mutating func checkDisplay(_ item: Questionnaire.Item, at place: String) {
        guard item.type == .display else { return }
        if !item.codes.isEmpty { issues.add(.invariant, at: place, "A display item has no code (que-3).") }
        if item.required != nil || item.repeats != nil {
            issues.add(.invariant, at: place, "A display item has neither required nor repeats (que-6).")
        }
        if item.readOnly != nil { issues.add(.invariant, at: place, "A display item has no readOnly (que-9).") }
    }

    private mutating func checkOptions(_ item: Questionnaire.Item, at place: String) {
        if !item.answerOptions.isEmpty, item.answerValueSet != nil {
            issues.add(.invariant, at: place, "An item has answerOption or answerValueSet, never both (que-4).")
        }
        if !item.answerOptions.isEmpty || item.answerValueSet != nil, !item.type.mayHaveOptions {
            issues.add(.invariant, at: place, "An item of type \(item.type.rawValue) has no options (que-5).")
        }
        if !item.answerOptions.isEmpty, !item.initial.isEmpty {
            issues.add(.invariant, at: place, "An item with answerOption has no initial (que-11).")
        }
        if item.answerValueSet != nil {
            issues.add(
                .notSupported, at: "\(place).answerValueSet",
                "Value sets can't be looked up here; list the options in answerOption.")
        }
        if item.type == .choice || item.type == .openChoice, item.answerOptions.isEmpty, item.answerValueSet == nil {
            issues.add(.notSupported, at: place, "A choice needs its options, since any code would do without them.")
        }
        guard item.type.mayHaveOptions else { return }
        for (index, option) in item.answerOptions.enumerated() where !item.type.takes(option.value) {
            issues.add(
                .value, at: "\(place).answerOption[\(index)].value",
                "An option of a question of type \(item.type.rawValue) is a \(item.type.memberName).")
        }
    }

    private mutating func checkInitial(_ item: Questionnaire.Item, at place: String) {
        if !item.initial.isEmpty, !item.type.isQuestion {
            issues.add(.invariant, at: place, "Only a question has an initial answer (que-8).")
        }
        if item.initial.count > 1, item.repeats != true {
            issues.add(.invariant, at: place, "Only a question that repeats has several initial answers (que-13).")
        }
    }
}
