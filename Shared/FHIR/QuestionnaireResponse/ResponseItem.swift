extension QuestionnaireResponse {
    /// What was answered to one item of the Questionnaire.
    public struct Item: Sendable, Hashable {
        /// The item it answers.
        public var linkID: String
        /// Where its meaning is defined.
        public var definition: String?
        /// The wording that was shown.
        public var text: String?
        /// The answers; more than one only if the question repeats.
        public var answers: [Answer] = []
        /// What stands below a group. What stands below a question is inside its answer.
        public var items: [Item] = []
        /// Extensions.
        public var extensions: [Extension] = []

        /// What was answered to a question.
        public init(linkID: String, answers: [FHIRValue]) {
            self.linkID = linkID
            self.answers = answers.map { Answer($0) }
        }

        /// What stands below a group.
        public init(linkID: String, items: [Item]) {
            self.linkID = linkID
            self.items = items
        }
    }

    /// One answer, and what was answered below it.
    public struct Answer: Sendable, Hashable {
        /// The answer itself.
        public var value: FHIRValue
        /// What was answered to the questions below.
        public var items: [Item] = []
        /// Extensions.
        public var extensions: [Extension] = []

        /// An answer, and what was answered below it.
        public init(_ value: FHIRValue, items: [Item] = []) {
            self.value = value
            self.items = items
        }
    }
}

extension QuestionnaireResponse.Item: FHIRElement {
    init?(reading members: inout Members) {
        let linkID = members.string(.linkId)
        members.require(.linkId)
        self.linkID = linkID ?? ""
        definition = members.uri(.definition)
        text = members.string(.text)
        answers = members.elements(.answer)
        items = members.elements(.item)
        extensions = members.elements(.extension)
        if members.has(.answer), members.has(.item) {
            members.decoding.report(
                .invariant, at: members.node, "An item has answers or items, never both (qrs-1).")
        }
        guard linkID != nil else { return nil }
    }

    func write(to json: inout JSONWriter) {
        json.elements(.extension, extensions)
        json.string(.linkId, linkID)
        json.string(.definition, definition)
        json.string(.text, text)
        json.elements(.answer, answers)
        json.elements(.item, items)
    }
}

extension QuestionnaireResponse.Answer: FHIRElement {
    init?(reading members: inout Members) {
        let value = members.value(.inAnswer)
        items = members.elements(.item)
        extensions = members.elements(.extension)
        guard let value else { return nil }
        self.value = value
    }

    func write(to json: inout JSONWriter) {
        json.elements(.extension, extensions)
        json.value(value)
        json.elements(.item, items)
    }
}
