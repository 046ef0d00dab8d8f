import Testing

@testable import FHIR

@Suite("A valid response is seen as a list of questions and what became of each")
struct FormAnswersTests {
    @Test("a filled form: all answered, and the follow-up asked because of its question")
    func filled() throws {
        let answers = try Example.questionnaire().answers(of: Example.response())
        #expect(answers.questions.count == 18)
        #expect(answers.answeredCount == 18)
        #expect(answers.questions.first?.linkID == "barnets-sakerhet-1")
        #expect(answers.status == .completed)
        #expect(answers.subject?.target?.type == "Patient")
        #expect(answers.source?.target?.type == "RelatedPerson")
        #expect(answers.encounter?.target?.type == "Encounter")
        #expect(answers.language == "sv")
        #expect(answers.questionnaire.version == "0.1.0")
        #expect(answers.authored?.text == "2026-11-24T09:30:00+01:00")
    }

    @Test("a form ended early: unanswered isn't no, and what wasn't asked is neither")
    func partial() throws {
        let response = try QuestionnaireResponse.decode(Example.bytes("partial-response"))
        let answers = try Example.questionnaire().answers(of: response)
        #expect(answers.answeredCount == 5)
        #expect(answers.unansweredCount == 12)
        let followUp = answers.questions.first { $0.linkID == "alkohol-3" }
        #expect(followUp?.state == .notEnabled)
    }

    @Test("the answers of a group that repeats follow each other")
    func repeatingGroup() throws {
        let prepared = try prepare(
            questionnaire(
                items: #"{"linkId":"g","type":"group","repeats":true,"item":[{"linkId":"a","type":"integer"}]}"#))
        let decoded = try decodeResponse(
            response(
                items: #"{"linkId":"g","item":[{"linkId":"a","answer":[{"valueInteger":1}]}]},"#
                    + #"{"linkId":"g","item":[{"linkId":"a","answer":[{"valueInteger":2}]}]}"#,
                members: #","questionnaire":"https://example.org/q|1""#))
        let answers = try prepared.answers(of: decoded)
        #expect(answers.questions == [.init(linkID: "a", state: .answered([.integer(1), .integer(2)]))])
    }

    @Test("answers come in the order of the Questionnaire, whatever the response's")
    func order() throws {
        var response = try Example.response()
        response.items.reverse()
        let answers = try Example.questionnaire().answers(of: response)
        #expect(answers == (try Example.questionnaire().answers(of: Example.response())))
    }
}
