import Foundation
import Testing

@testable import FHIR

@Suite("A response is held to its Questionnaire")
struct ResponseAgainstQuestionnaireTests {
    private static let root = "QuestionnaireResponse"
    private static let first = "QuestionnaireResponse.item[0]"

    /// One question or group of every kind that a rule is about.
    private static let items = """
        {"linkId":"yes","type":"boolean"},
        {"linkId":"must","type":"string","required":true,"maxLength":4},
        {"linkId":"pick","type":"choice","answerOption":[{"valueCoding":{"system":"s","code":"x"}}]},
        {"linkId":"open","type":"open-choice","answerOption":[{"valueCoding":{"system":"s","code":"x"}}]},
        {"linkId":"few","type":"integer","answerOption":[{"valueInteger":1},{"valueInteger":2}]},
        {"linkId":"many","type":"string","repeats":true},
        {"linkId":"read","type":"display"},
        {"linkId":"if","type":"string","required":true,
         "enableWhen":[{"question":"yes","operator":"=","answerBoolean":true}],
         "item":[{"linkId":"if-then","type":"string","required":true}]},
        {"linkId":"group","type":"group","item":[
          {"linkId":"in-group","type":"date"},
          {"linkId":"nested","type":"boolean","item":[{"linkId":"below","type":"string","required":true}]}]},
        {"linkId":"groups","type":"group","repeats":true,"item":[
          {"linkId":"each","type":"string","required":true}]}
        """

    private static func faulty(_ name: String, _ items: String, _ code: IssueCode, at place: String) -> Faulty {
        Faulty(name, response(items: items, members: #","questionnaire":"https://example.org/q|1""#), code, at: place)
    }

    @Test(
        "what the Questionnaire doesn't allow is refused at its place",
        arguments: [
            faulty("an unknown linkId", #"{"linkId":"zzz"}"#, .structure, at: "\(first).linkId"),
            faulty("an item of a group at the top", #"{"linkId":"in-group"}"#, .structure, at: first),
            faulty(
                "an item of the top in a group", #"{"linkId":"group","item":[{"linkId":"yes"}]}"#, .structure,
                at: "\(first).item[0]"),
            faulty(
                "a follow-up beside its question",
                #"{"linkId":"group","item":[{"linkId":"nested","item":[{"linkId":"below"}]}]}"#, .structure,
                at: "\(first).item[0]"),
            faulty(
                "text for a boolean", #"{"linkId":"yes","answer":[{"valueString":"ja"}]}"#, .value,
                at: "\(first).answer[0].value"),
            faulty(
                "a decimal for an integer", #"{"linkId":"few","answer":[{"valueDecimal":1}]}"#, .value,
                at: "\(first).answer[0].value"),
            faulty(
                "a code that isn't an option",
                #"{"linkId":"pick","answer":[{"valueCoding":{"system":"s","code":"y"}}]}"#,
                .codeInvalid, at: "\(first).answer[0].value"),
            faulty(
                "an option's code of another system",
                #"{"linkId":"pick","answer":[{"valueCoding":{"system":"t","code":"x"}}]}"#, .codeInvalid,
                at: "\(first).answer[0].value"),
            faulty(
                "an option's code without system", #"{"linkId":"pick","answer":[{"valueCoding":{"code":"x"}}]}"#,
                .codeInvalid, at: "\(first).answer[0].value"),
            faulty(
                "free text for a choice", #"{"linkId":"pick","answer":[{"valueString":"x"}]}"#, .value,
                at: "\(first).answer[0].value"),
            faulty(
                "an unknown code for an open choice",
                #"{"linkId":"open","answer":[{"valueCoding":{"system":"s","code":"y"}}]}"#, .codeInvalid,
                at: "\(first).answer[0].value"),
            faulty(
                "a number that isn't an option", #"{"linkId":"few","answer":[{"valueInteger":3}]}"#, .codeInvalid,
                at: "\(first).answer[0].value"),
            faulty(
                "a text that is too long", #"{"linkId":"must","answer":[{"valueString":"femte"}]}"#, .tooLong,
                at: "\(first).answer[0].value"),
            faulty(
                "two answers to a question that doesn't repeat",
                #"{"linkId":"yes","answer":[{"valueBoolean":true},{"valueBoolean":true}]}"#, .structure, at: first),
            faulty(
                "a question that repeats as items",
                #"{"linkId":"many","answer":[{"valueString":"a"}]},{"linkId":"many","answer":[{"valueString":"b"}]}"#,
                .structure, at: "\(root).item[1]"),
            faulty(
                "a group that repeats and mustn't", #"{"linkId":"group"},{"linkId":"group"}"#, .structure,
                at: "\(root).item[1]"),
            faulty(
                "an answer to a group", #"{"linkId":"group","answer":[{"valueBoolean":true}]}"#, .structure, at: first),
            faulty(
                "an answer to a text to read", #"{"linkId":"read","answer":[{"valueBoolean":true}]}"#, .structure,
                at: first),
            faulty(
                "an answer to what isn't asked", #"{"linkId":"if","answer":[{"valueString":"x"}]}"#, .businessRule,
                at: first),
            faulty(
                "an answer below what isn't asked",
                #"{"linkId":"if","answer":[{"valueString":"x","item":[{"linkId":"if-then"}]}]}"#, .businessRule,
                at: first),
        ])
    func refused(_ row: Faulty) throws {
        let prepared = try prepare(questionnaire(items: Self.items))
        let decoded = try decodeResponse(row.document)
        row.expect(in: prepared.issues(in: decoded))
        let refusal = #expect(throws: FHIRRefusal.self) { try prepared.answers(of: decoded) }
        #expect(refusal?.httpStatus == 422)
    }

    @Test("a response to another Questionnaire, or to another version, is refused", arguments: ["q|2", "p|1", "q"])
    func otherQuestionnaire(name: String) throws {
        let prepared = try prepare(questionnaire(items: Self.items))
        let text = response(
            items: #"{"linkId":"yes"}"#, members: #","questionnaire":"https://example.org/\#(name)""#)
        let found = prepared.issues(in: try decodeResponse(text))
        #expect(found.map(\.place) == ["QuestionnaireResponse.questionnaire"])
    }

    @Test("a completed or amended response must have what is required and asked", arguments: ["completed", "amended"])
    func required(status: String) throws {
        let found = try issues(
            status, #"{"linkId":"yes","answer":[{"valueBoolean":true}]},{"linkId":"groups","item":[{"linkId":"each"}]}"#
        )
        #expect(
            found == [
                "QuestionnaireResponse.item[1].item[0] each", "QuestionnaireResponse must", "QuestionnaireResponse if",
            ])
    }

    @Test(
        "a response that isn't complete need not have it", arguments: ["in-progress", "stopped", "entered-in-error"])
    func notRequired(status: String) throws {
        #expect(try issues(status, #"{"linkId":"yes","answer":[{"valueBoolean":true}]}"#) == [])
    }

    @Test("what isn't asked isn't required, nor what is below it, nor what is below no answer")
    func requiredButNotAsked() throws {
        #expect(try issues("completed", #"{"linkId":"must","answer":[{"valueString":"x"}]}"#) == [])
    }

    @Test("what is required below an answer is required once there is the answer")
    func requiredBelowAnswer() throws {
        let items =
            #"{"linkId":"must","answer":[{"valueString":"x"}]},"#
            + #"{"linkId":"group","item":[{"linkId":"nested","answer":[{"valueBoolean":true}]}]}"#
        #expect(
            try issues("completed", items) == ["QuestionnaireResponse.item[1].item[0].answer[0] below"])
    }

    @Test("what is required in a group that isn't written is required all the same")
    func requiredInGroupLeftOut() throws {
        let text = questionnaire(
            items: #"{"linkId":"g","type":"group","item":[{"linkId":"q","type":"string","required":true}]},"#
                + #"{"linkId":"other","type":"string"}"#)
        let found = try prepare(text).issues(
            in: QuestionnaireResponse(questionnaire: Canonical("https://example.org/q|1"), status: .completed))
        #expect(found.map(\.code) == [.required])
    }

    @Test("the examples keep to the example Questionnaire", arguments: ["response", "partial-response"])
    func examples(name: String) throws {
        let decoded = try QuestionnaireResponse.decode(Example.bytes(name))
        #expect(try Example.questionnaire().issues(in: decoded) == [])
    }

    @Test("a response with ten thousand items too many is refused without comparing them all", .timeLimit(.minutes(1)))
    func hostile() throws {
        let items = Array(repeating: QuestionnaireResponse.Item(linkID: "if", items: []), count: 10_000)
        let hostile = QuestionnaireResponse(
            questionnaire: Canonical("https://example.org/q|1"), status: .inProgress,
            items: [.init(linkID: "yes", answers: [.boolean(true)])] + items)
        let found = try prepare(questionnaire(items: Self.items)).issues(in: hostile)
        #expect(found.count == 21)
    }

    @Test("the places begin where the response stands")
    func places() throws {
        let decoded = try decodeResponse(response(items: #"{"linkId":"zzz"}"#))
        let found = try prepare(questionnaire(items: Self.items)).issues(in: decoded, at: "Bundle.entry[3].resource")
        #expect(found.last?.place == "Bundle.entry[3].resource.item[0].linkId")
    }

    /// Place and linkId of each required item that is missing; other issues by their code.
    private func issues(_ status: String, _ items: String) throws -> [String] {
        let text = response(items: items, members: #","questionnaire":"https://example.org/q|1""#)
            .replacingOccurrences(of: "in-progress", with: status)
        let issues = try prepare(questionnaire(items: Self.items)).issues(in: decodeResponse(text))
        return issues.map { issue in
            let linkID = issue.diagnostics.split(separator: " ").dropFirst(2).first ?? ""
            return issue.code == .required ? "\(issue.place ?? "") \(linkID)" : issue.code.rawValue
        }
    }
}
