import Foundation
import Testing

@testable import FHIR

@Suite("A Questionnaire keeps the rules of FHIR R4")
struct QuestionnaireRulesTests {
    private static let item = "Questionnaire.item[0]"
    private static let option = #""answerOption":[{"valueCoding":{"code":"x"}}]"#

    private static func faulty(_ name: String, _ items: String, _ code: IssueCode, at place: String) -> Faulty {
        Faulty(name, questionnaire(items: items), code, at: place)
    }

    @Test(
        "a rule that isn't kept is refused at its place",
        arguments: [
            faulty("que-1: a group without items", #"{"linkId":"a","type":"group"}"#, .invariant, at: item),
            faulty(
                "que-1: a display with items",
                #"{"linkId":"a","type":"display","item":[{"linkId":"b","type":"string"}]}"#, .invariant, at: item),
            faulty(
                "que-2: a linkId twice, at any depth",
                #"{"linkId":"a","type":"group","item":[{"linkId":"a","type":"string"}]}"#, .invariant,
                at: "\(item).item[0].linkId"),
            faulty(
                "que-3: a display with a code", #"{"linkId":"a","type":"display","code":[{"code":"x"}]}"#, .invariant,
                at: item),
            faulty(
                "que-5: options on a boolean", #"{"linkId":"a","type":"boolean",\#(option)}"#, .invariant, at: item),
            faulty(
                "que-6: a display that is required", #"{"linkId":"a","type":"display","required":true}"#, .invariant,
                at: item),
            faulty(
                "que-7: exists compared with a code",
                #"{"linkId":"a","type":"string"},"#
                    + #"{"linkId":"b","type":"string","enableWhen":"#
                    + #"[{"question":"a","operator":"exists","answerString":"x"}]}"#,
                .invariant, at: "Questionnaire.item[1].enableWhen[0]"),
            faulty(
                "que-8: a group with an initial answer",
                #"{"linkId":"a","type":"group","initial":[{"valueBoolean":true}],"#
                    + #""item":[{"linkId":"b","type":"string"}]}"#,
                .invariant, at: item),
            faulty(
                "que-9: a display that is read only", #"{"linkId":"a","type":"display","readOnly":false}"#, .invariant,
                at: item),
            faulty(
                "que-10: maxLength of a date", #"{"linkId":"a","type":"date","maxLength":3}"#, .invariant, at: item),
            faulty(
                "que-11: options and an initial answer",
                #"{"linkId":"a","type":"choice",\#(option),"initial":[{"valueCoding":{"code":"x"}}]}"#, .invariant,
                at: item),
            faulty(
                "que-12: two conditions without a behaviour",
                #"{"linkId":"a","type":"boolean"},{"linkId":"b","type":"string","enableWhen":["#
                    + #"{"question":"a","operator":"=","answerBoolean":true},"#
                    + #"{"question":"a","operator":"exists","answerBoolean":true}]}"#,
                .invariant, at: "Questionnaire.item[1]"),
            faulty(
                "que-13: two initial answers to a question that doesn't repeat",
                #"{"linkId":"a","type":"string","initial":[{"valueString":"x"},{"valueString":"y"}]}"#, .invariant,
                at: item),
            faulty(
                "a condition on an unknown question",
                #"{"linkId":"a","type":"string","enableWhen":[{"question":"z","operator":"=","answerString":"x"}]}"#,
                .invariant, at: "\(item).enableWhen[0].question"),
            faulty(
                "a condition of another type than its question",
                #"{"linkId":"a","type":"boolean"},"#
                    + #"{"linkId":"b","type":"string","#
                    + #""enableWhen":[{"question":"a","operator":"=","answerString":"x"}]}"#,
                .value, at: "Questionnaire.item[1].enableWhen[0].answer"),
            faulty(
                "a comparison of what has no order",
                #"{"linkId":"a","type":"boolean"},"#
                    + #"{"linkId":"b","type":"string","enableWhen":"#
                    + #"[{"question":"a","operator":">","answerBoolean":true}]}"#,
                .invariant, at: "Questionnaire.item[1].enableWhen[0].operator"),
            faulty(
                "an option of another type",
                #"{"linkId":"a","type":"choice","answerOption":[{"valueInteger":1}]}"#, .value,
                at: "\(item).answerOption[0].value"),
            faulty(
                "a value set, which nobody here can look up",
                #"{"linkId":"a","type":"choice","answerValueSet":"https://example.org/vs"}"#, .notSupported,
                at: "\(item).answerValueSet"),
            faulty("a choice of nothing", #"{"linkId":"a","type":"choice"}"#, .notSupported, at: item),
            faulty("a file", #"{"linkId":"a","type":"attachment"}"#, .notSupported, at: "\(item).type"),
            faulty("an unknown type", #"{"linkId":"a","type":"coding"}"#, .codeInvalid, at: "\(item).type"),
            faulty("an item without type", #"{"linkId":"a"}"#, .required, at: item),
            faulty(
                "an unknown operator",
                #"{"linkId":"a","type":"string","enableWhen":[{"question":"a","operator":"==","answerString":"x"}]}"#,
                .codeInvalid, at: "\(item).enableWhen[0].operator"),
            faulty("an item of an item unread", #"{"linkId":"a","type":"string","frage":1}"#, .structure, at: item),
        ])
    func refused(_ row: Faulty) {
        row.expect(in: issues { try prepare(row.document) })
    }

    @Test("que-4: options both as a list and as a value set")
    func optionsTwice() {
        let text = questionnaire(
            items: #"{"linkId":"a","type":"choice",\#(Self.option),"answerValueSet":"https://example.org/vs"}"#)
        #expect(issues { try prepare(text) }.map(\.code) == [.invariant, .notSupported])
    }

    @Test("url and version are needed, since a response names both")
    func namedWhole() {
        let text = #"{"resourceType":"Questionnaire","status":"draft","item":[{"linkId":"a","type":"string"}]}"#
        #expect(issues { try prepare(text) }.map(\.code) == [.required])
    }

    @Test("the example keeps them all, is read whole and written back the same")
    func example() throws {
        let questionnaire = try Questionnaire.decode(Example.bytes("questionnaire"))
        #expect(questionnaire.items.count == 18)
        #expect(questionnaire.items.allSatisfy { $0.text?.hasPrefix("[PLATSHÅLLARE") == true })
        #expect(questionnaire.items[0].answerOptions.map(\.ordinalValue) == [1, 0])
        #expect(try Questionnaire.decode(questionnaire.json()) == questionnaire)
        let prepared = try PreparedQuestionnaire(questionnaire)
        #expect(prepared.item("alkohol-3")?.enableWhen.first?.question == "alkohol-2")
        #expect(prepared.item("okänd") == nil)
    }
}
