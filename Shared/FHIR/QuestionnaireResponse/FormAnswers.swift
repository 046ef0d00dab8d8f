/// A response that keeps every rule of its Questionnaire, as a list of questions and what became of each.
public struct FormAnswers: Sendable, Hashable {
    /// What became of a question. Unanswered is unknown, not no.
    public enum State: Sendable, Hashable {
        /// It was answered; more than one answer only if it repeats.
        case answered([FHIRValue])
        /// It was asked, and there is no answer.
        case unanswered
        /// It wasn't asked, because of the answers to other questions.
        case notEnabled

        mutating func add(_ answers: [QuestionnaireResponse.Answer]) {
            guard !answers.isEmpty else { return }
            let values = answers.map(\.value)
            if case .answered(let earlier) = self {
                self = .answered(earlier + values)
            } else {
                self = .answered(values)
            }
        }

        /// In a group that repeats a question may be answered in one occurrence and not asked in another: the answer
        /// stays.
        mutating func disable() {
            if case .unanswered = self { self = .notEnabled }
        }
    }

    /// A question and what became of it.
    public struct Question: Sendable, Hashable {
        /// The question.
        public let linkID: String
        /// What became of it.
        public let state: State
    }

    /// The Questionnaire that was answered.
    public let questionnaire: Canonical
    /// How far the response has come.
    public let status: QuestionnaireResponse.Status
    /// Whom the answers are about.
    public let subject: Reference?
    /// Who gave them.
    public let source: Reference?
    /// The visit they belong to.
    public let encounter: Reference?
    /// When they were given.
    public let authored: FHIRDateTime?
    /// The language they were given in.
    public let language: String?
    /// Every question of the Questionnaire, in its order. Groups and texts to read aren't among them.
    public let questions: [Question]

    /// How many questions were answered.
    public var answeredCount: Int {
        questions.count {
            if case .answered = $0.state { true } else { false }
        }
    }

    /// How many questions were asked and not answered.
    public var unansweredCount: Int { questions.count { $0.state == .unanswered } }
}

extension PreparedQuestionnaire {
    /// Everything in which a response doesn't keep to this Questionnaire, in the order of the response; empty if it
    /// does. At most 20 issues, and one that says if there are more.
    ///
    /// Required items are demanded of completed and amended responses only. `place` is where the response stands, for
    /// the places of the issues.
    public func issues(
        in response: QuestionnaireResponse, at place: String = "QuestionnaireResponse"
    ) -> [OperationOutcome.Issue] {
        checked(response, at: place).issues.all
    }

    /// The answers of a response that keeps to this Questionnaire; the refusal has every fault with its place.
    public func answers(
        of response: QuestionnaireResponse, at place: String = "QuestionnaireResponse"
    ) throws(FHIRRefusal) -> FormAnswers {
        let check = checked(response, at: place)
        guard check.issues.isEmpty else { throw FHIRRefusal(.ruleBroken, check.issues.all) }
        return FormAnswers(
            questionnaire: canonical, status: response.status, subject: response.subject, source: response.source,
            encounter: response.encounter, authored: response.authored, language: response.language,
            questions: zip(items, check.states).compactMap { item, state in
                guard item.definition.type.isQuestion else { return nil }
                return FormAnswers.Question(linkID: item.definition.linkID, state: state)
            })
    }

    private func checked(_ response: QuestionnaireResponse, at place: String) -> ResponseCheck {
        var check = ResponseCheck(self, status: response.status, place: place)
        check.run(response)
        return check
    }
}
