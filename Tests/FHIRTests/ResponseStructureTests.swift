import Testing

@testable import FHIR

@Suite("A QuestionnaireResponse is read strictly")
struct ResponseStructureTests {
    private static let root = "QuestionnaireResponse"
    private static let answer = "QuestionnaireResponse.item[0].answer[0]"

    @Test(
        "what FHIR R4 doesn't allow is refused at its place",
        arguments: [
            Faulty("another resource", #"{"resourceType":"Patient","id":"x"}"#, .structure, at: root),
            Faulty("no resource type", #"{"status":"completed"}"#, .required, at: root),
            Faulty("an array", "[]", .structure, at: root),
            Faulty("no status", #"{"resourceType":"QuestionnaireResponse"}"#, .required, at: root),
            Faulty(
                "an unknown status", #"{"resourceType":"QuestionnaireResponse","status":"done"}"#, .codeInvalid,
                at: "\(root).status"),
            Faulty(
                "an unknown member", response(items: #"{"linkId":"a","svar":1}"#), .structure, at: "\(root).item[0]"),
            Faulty(
                "a member of another element", response(items: #"{"linkId":"a","birthDate":1}"#), .structure,
                at: "\(root).item[0]"),
            Faulty(
                "a known member in the wrong place", response(items: #"{"linkId":"a","status":"x"}"#), .structure,
                at: "\(root).item[0].status"),
            Faulty(
                "a narrative", response(items: #"{"linkId":"a"}"#, members: #","text":{"status":"generated"}"#),
                .notSupported, at: "\(root).text"),
            Faulty(
                "contained resources", response(items: #"{"linkId":"a"}"#, members: #","contained":[{}]"#),
                .notSupported, at: "\(root).contained"),
            Faulty(
                "an extension that changes the meaning",
                response(items: #"{"linkId":"a","modifierExtension":[{"url":"x"}]}"#), .notSupported,
                at: "\(root).item[0].modifierExtension"),
            Faulty(
                "an extension of a primitive", response(items: #"{"linkId":"a","_linkId":{"id":"x"}}"#), .notSupported,
                at: "\(root).item[0]"),
            Faulty("an item without linkId", response(items: #"{"text":"x"}"#), .required, at: "\(root).item[0]"),
            Faulty("null for a member", response(items: #"{"linkId":null}"#), .structure, at: "\(root).item[0].linkId"),
            Faulty("null in an array", response(items: "null"), .structure, at: "\(root).item[0]"),
            Faulty("an empty array", response(items: ""), .structure, at: "\(root).item"),
            Faulty("an empty object", response(items: "{}"), .structure, at: "\(root).item[0]"),
            Faulty(
                "an object for an array", response(items: #"{"linkId":"a","answer":{"valueBoolean":true}}"#),
                .structure, at: "\(root).item[0].answer"),
            Faulty("empty text", response(items: #"{"linkId":""}"#), .value, at: "\(root).item[0].linkId"),
            Faulty(
                "a control character", response(items: #"{"linkId":"a\u0000"}"#), .value, at: "\(root).item[0].linkId"),
            Faulty(
                "answers and items together (qrs-1)",
                response(items: #"{"linkId":"a","answer":[{"valueBoolean":true}],"item":[{"linkId":"b"}]}"#),
                .invariant, at: "\(root).item[0]"),
            Faulty("no value", response(answer: #"{"item":[{"linkId":"b"}]}"#), .required, at: answer),
            Faulty("two values", response(answer: #"{"valueBoolean":true,"valueInteger":1}"#), .structure, at: answer),
            Faulty(
                "text for a boolean", response(answer: #"{"valueBoolean":"true"}"#), .structure, at: "\(answer).value"),
            Faulty("text for a number", response(answer: #"{"valueInteger":"1"}"#), .structure, at: "\(answer).value"),
            Faulty(
                "a fraction for an integer", response(answer: #"{"valueInteger":1.0}"#), .value, at: "\(answer).value"),
            Faulty(
                "an integer of 33 bits", response(answer: #"{"valueInteger":2147483648}"#), .value,
                at: "\(answer).value"),
            Faulty(
                "an integer without end", response(answer: #"{"valueInteger":\#(String(repeating: "9", count: 400))}"#),
                .value, at: "\(answer).value"),
            Faulty(
                "a decimal of 19 digits", response(answer: #"{"valueDecimal":1234567890123456789}"#), .value,
                at: "\(answer).value"),
            Faulty(
                "a decimal beyond all measure", response(answer: #"{"valueDecimal":1e999}"#), .value,
                at: "\(answer).value"),
            Faulty("a number for text", response(answer: #"{"valueString":1}"#), .structure, at: "\(answer).value"),
            Faulty(
                "a code with two spaces", response(answer: #"{"valueCoding":{"code":"a  b"}}"#), .value,
                at: "\(answer).value.code"),
            Faulty(
                "a system with whitespace", response(answer: #"{"valueCoding":{"system":"a b"}}"#), .value,
                at: "\(answer).value.system"),
            Faulty("an empty coding", response(answer: #"{"valueCoding":{}}"#), .structure, at: "\(answer).value"),
            Faulty("text for a coding", response(answer: #"{"valueCoding":"ja"}"#), .structure, at: "\(answer).value"),
            Faulty("a day that isn't", response(answer: #"{"valueDate":"2026-02-30"}"#), .value, at: "\(answer).value"),
            Faulty(
                "a dateTime without zone", response(answer: #"{"valueDateTime":"2026-11-24T09:30:00"}"#), .value,
                at: "\(answer).value"),
            Faulty(
                "a time without seconds", response(answer: #"{"valueTime":"09:30"}"#), .value, at: "\(answer).value"),
            Faulty(
                "an id of 65 characters",
                response(items: #"{"linkId":"a"}"#, members: #","id":"\#(String(repeating: "a", count: 65))""#), .value,
                at: "\(root).id"),
            Faulty(
                "an id with an underscore", response(items: #"{"linkId":"a"}"#, members: #","id":"a_b""#), .value,
                at: "\(root).id"),
            Faulty(
                "a source of the wrong type",
                response(items: #"{"linkId":"a"}"#, members: #","source":{"reference":"Observation/1"}"#), .value,
                at: "\(root).source"),
            Faulty(
                "a contained reference",
                response(items: #"{"linkId":"a"}"#, members: ##","subject":{"reference":"#p"}"##), .notSupported,
                at: "\(root).subject"),
            Faulty(
                "an extension without url", response(items: #"{"linkId":"a","extension":[{"valueCode":"x"}]}"#),
                .required, at: "\(root).item[0].extension[0]"),
            Faulty(
                "an extension that says nothing", response(items: #"{"linkId":"a","extension":[{"url":"x"}]}"#),
                .structure, at: "\(root).item[0].extension[0]"),
            Faulty(
                "a file", response(answer: #"{"valueBoolean":true,"valueAttachment":{"title":"x"}}"#), .notSupported,
                at: "\(answer).value"),
        ])
    func refused(_ row: Faulty) {
        let refusal = #expect(throws: FHIRRefusal.self) { try decodeResponse(row.document) }
        #expect(refusal?.httpStatus == 400)
        row.expect(in: refusal?.issues ?? [])
    }

    @Test("all faults are gathered in one reading, in the order of the document's parts")
    func allFaults() {
        let text = response(
            items: #"{"linkId":"a","answer":[{"valueBoolean":"x"},{"valueInteger":1.5}]},{"text":"t"}"#,
            members: #","id":"_","authored":"igår""#)
        let places = Set(issues { try decodeResponse(text) }.compactMap(\.place))
        #expect(
            places == [
                "QuestionnaireResponse.id", "QuestionnaireResponse.authored",
                "QuestionnaireResponse.item[0].answer[0].value", "QuestionnaireResponse.item[0].answer[1].value",
                "QuestionnaireResponse.item[1]",
            ])
    }

    @Test("a thousand faults are told as twenty, and that there are more")
    func bounded() {
        let found = issues {
            try decodeResponse(response(items: Array(repeating: "1", count: 1000).joined(separator: ",")))
        }
        #expect(found.count == 21)
        #expect(found.last?.severity == .information)
        #expect(found.first?.place == "QuestionnaireResponse.item[0]")
    }

    @Test("the example is read as it is written")
    func example() throws {
        let response = try Example.response()
        #expect(response.status == .completed)
        #expect(response.questionnaire?.version == "0.1.0")
        #expect(response.source?.target?.type == "RelatedPerson")
        #expect(response.authored?.instant != nil)
        #expect(response.items.count == 18)
        #expect(response.items[1].answers.map(\.value) == [.boolean(false)])
        #expect(try QuestionnaireResponse.decode(response.json()) == response)
    }

    @Test("escaped names and texts are the same as plain ones")
    func escapes() throws {
        let plain = try decodeResponse(response(answer: #"{"valueString":"é\"😀/"}"#))
        let escaped = try decodeResponse(
            response(answer: #"{"\u0076alueString":"\u00e9\"\ud83d\ude00\/"}"#))
        #expect(escaped == plain)
        #expect(try QuestionnaireResponse.decode(plain.json()) == plain)
    }
}
