/// Holds one response to its Questionnaire, in one walk through both.
///
/// Everything that is wrong is reported with its place in the response; the texts name rules and linkIds of the
/// Questionnaire, never what was answered. The walk ends early once there are more issues than are told: a hostile
/// response with thousands of items that may stand once is not worth comparing to its end.
struct ResponseCheck {
    private let questionnaire: PreparedQuestionnaire
    private let isComplete: Bool
    private(set) var issues = Issues()
    /// What each item of the Questionnaire came to, by its place there.
    private(set) var states: [FormAnswers.State]
    /// The lists of items that are being walked, outermost first: where a condition looks for its question.
    private var scopes: [[QuestionnaireResponse.Item]] = []
    private var place: ResponsePlace
    /// For each item of the Questionnaire the walk that met it last, so that a second meeting in one walk shows.
    private var metIn: [Int]
    private var walks = 0

    init(_ questionnaire: PreparedQuestionnaire, status: QuestionnaireResponse.Status, place: String) {
        self.questionnaire = questionnaire
        isComplete = status.isComplete
        states = Array(repeating: .unanswered, count: questionnaire.items.count)
        metIn = Array(repeating: 0, count: questionnaire.items.count)
        self.place = ResponsePlace(root: place)
    }

    mutating func run(_ response: QuestionnaireResponse) {
        let canonical = questionnaire.canonical
        if response.questionnaire != canonical {
            report(.value, "The response must name \(canonical) as its Questionnaire.", in: "questionnaire")
        }
        walk(response.items, below: nil)
    }

    /// Walks one list of items against those that the Questionnaire has below `parent`, or at its top.
    private mutating func walk(_ items: [QuestionnaireResponse.Item], below parent: Int?) {
        walks += 1
        let walk = walks
        scopes.append(items)
        for (index, item) in items.enumerated() where !issues.isFull {
            place.push(.item(index))
            if let position = position(of: item, below: parent) {
                let isFirst = metIn[position] != walk
                metIn[position] = walk
                check(item, position, isFirst: isFirst)
            }
            place.pop()
        }
        let expected = parent.map { questionnaire.items[$0].children } ?? questionnaire.roots
        for position in expected where metIn[position] != walk { checkAbsent(position) }
        scopes.removeLast()
    }

    private mutating func position(of item: QuestionnaireResponse.Item, below parent: Int?) -> Int? {
        guard let position = questionnaire.position(of: item.linkID) else {
            report(.structure, "The Questionnaire has no item with this linkId.", in: "linkId")
            return nil
        }
        guard questionnaire.items[position].parent == parent else {
            report(.structure, "The item \(item.linkID) stands elsewhere in the Questionnaire.")
            return nil
        }
        return position
    }

    private mutating func check(_ item: QuestionnaireResponse.Item, _ position: Int, isFirst: Bool) {
        let expected = questionnaire.items[position]
        guard isEnabled(position) else {
            markNotEnabled(position)
            if item.hasAnswers {
                report(.businessRule, "The item \(item.linkID) isn't asked after these answers, so it has none.")
            }
            return
        }
        switch expected.definition.type {
        case .group:
            if !item.answers.isEmpty { report(.structure, "A group has no answers.") }
            if !isFirst, !expected.repeats { report(.structure, "This group doesn't repeat.") }
            walk(item.items, below: position)
        case .display:
            if item.hasAnswers { report(.structure, "A text to read has no answers.") }
        default:
            if !isFirst { report(.structure, "A question is one item, however many answers it has.") }
            checkQuestion(item, position)
        }
    }

    private mutating func checkQuestion(_ item: QuestionnaireResponse.Item, _ position: Int) {
        let expected = questionnaire.items[position]
        if !item.items.isEmpty { report(.structure, "What is below a question stands inside its answer.") }
        if item.answers.isEmpty, expected.isRequired, isComplete {
            report(.required, "The question \(item.linkID) must be answered.")
        }
        if item.answers.count > 1, !expected.repeats {
            report(.structure, "The question \(item.linkID) takes one answer.")
        }
        for (index, answer) in item.answers.enumerated() {
            place.push(.answer(index))
            if let fault = AnswerRules.fault(of: answer.value, to: expected.definition) {
                report(fault.code, fault.rule, in: "value")
            }
            walk(answer.items, below: position)
            place.pop()
        }
        states[position].add(item.answers)
    }

    /// An item that the response doesn't have: is it missing? What is below a question that has no answer isn't asked,
    /// and neither is what is below a group that occurs no times; a group that occurs once needn't be written to be
    /// there.
    private mutating func checkAbsent(_ position: Int) {
        let expected = questionnaire.items[position]
        guard isEnabled(position) else { return markNotEnabled(position) }
        if expected.isRequired, isComplete {
            report(.required, "The item \(expected.definition.linkID) must be answered.")
        } else if expected.definition.type == .group, !expected.repeats {
            walk([], below: position)
        }
    }

    private func isEnabled(_ position: Int) -> Bool {
        let definition = questionnaire.items[position].definition
        guard !definition.enableWhen.isEmpty else { return true }
        let holds = { (condition: Questionnaire.EnableWhen) in
            condition.holds(for: answers(to: condition.question))
        }
        return definition.enableBehavior == .any
            ? definition.enableWhen.contains(where: holds) : definition.enableWhen.allSatisfy(holds)
    }

    /// The answers to a question, from the nearest list of items that has it.
    private func answers(to linkID: String) -> [FHIRValue] {
        for scope in scopes.reversed() {
            if let answers = scope.answers(to: linkID) { return answers }
        }
        return []
    }

    private mutating func markNotEnabled(_ position: Int) {
        states[position].disable()
        for child in questionnaire.items[position].children { markNotEnabled(child) }
    }

    private mutating func report(_ code: IssueCode, _ rule: @autoclosure () -> String, in member: String? = nil) {
        issues.add(code, at: place.text(member), rule())
    }
}

extension QuestionnaireResponse.Item {
    /// True if there is an answer in it or anywhere below.
    fileprivate var hasAnswers: Bool {
        !answers.isEmpty || items.contains { $0.hasAnswers }
    }
}

extension [QuestionnaireResponse.Item] {
    /// The answers to a question anywhere in these items; nil if it isn't among them.
    fileprivate func answers(to linkID: String) -> [FHIRValue]? {
        for item in self {
            if item.linkID == linkID { return item.answers.map(\.value) }
            if let found = item.items.answers(to: linkID) { return found }
            for answer in item.answers {
                if let found = answer.items.answers(to: linkID) { return found }
            }
        }
        return nil
    }
}
