import Foundation
import Testing

@testable import FHIR

@Suite("Whatever is sent, the reader answers and never repeats an answer")
struct NothingIsEchoedTests {
    private static let planted = "Agnes 19121212-1212 blev slagen"

    @Test("documents damaged at random", arguments: [Seed.fresh(), Seed(1), Seed(2)])
    func damaged(seed: Seed) throws {
        var random = seed.generator()
        let questionnaire = try Example.questionnaire()
        let documents = try ["response", "partial-response", "batch", "questionnaire"].map {
            try Array(plant(in: Example.text($0)).utf8)
        }
        var refused = 0
        for round in 0..<1_500 {
            let bytes = Damage.some(documents[round % documents.count], &random)
            for refusal in Self.refusals(of: bytes, questionnaire) {
                refused += 1
                let told = String(decoding: refusal.outcome.json(), as: UTF8.self) + "\(refusal)"
                #expect(!told.contains("Agnes") && !told.contains("1212") && !told.contains("slagen"), "seed \(seed)")
                #expect(!refusal.issues.isEmpty && refusal.issues.count <= 21, "seed \(seed)")
                #expect((400..<500).contains(refusal.httpStatus), "seed \(seed)")
                #expect(try OperationOutcome.decode(refusal.outcome.json()).issues == refusal.issues, "seed \(seed)")
            }
        }
        #expect(refused > 1_000, "the damage must be seen: seed \(seed)")
    }

    @Test("an answer in every place where one could stand, and the wrong way round")
    func everyPlace() throws {
        let text = Self.planted
        let questionnaire = try prepare(
            FHIRTests.questionnaire(
                items: #"{"linkId":"a","type":"boolean"},{"linkId":"b","type":"string","maxLength":3},"#
                    + #"{"linkId":"c","type":"choice","answerOption":[{"valueString":"x"}]}"#
            ).replacingOccurrences(of: #"{"valueString":"x"}"#, with: #"{"valueCoding":{"code":"x"}}"#))
        let documents = [
            response(answer: #"{"valueString":"\#(text)"}"#),
            response(answer: #"{"valueUri":"\#(text)"}"#),
            response(answer: #"{"valueDate":"\#(text)"}"#),
            response(answer: #"{"valueBoolean":"\#(text)"}"#),
            response(answer: #"{"valueCoding":{"code":" \#(text)"}}"#),
            response(answer: #"{"\#(text)":true}"#),
            response(answer: #"{"_\#(text)":true}"#),
            response(items: #"{"linkId":"\#(text)"}"#),
            response(items: #"{"linkId":"b","answer":[{"valueString":"\#(text)"}]}"#),
            response(items: #"{"linkId":"c","answer":[{"valueCoding":{"code":"\#(text)"}}]}"#),
            response(items: #"{"linkId":"a"}"#, members: #","status":"\#(text)""#),
            response(items: #"{"linkId":"a"}"#, members: #","questionnaire":"\#(text)""#),
            response(items: #"{"linkId":"a"}"#, members: #","source":{"reference":"\#(text)/1","type":"Patient"}"#),
            #"{"resourceType":"\#(text)"}"#,
            #"{"resourceType":"QuestionnaireResponse","status":"\#(text)"}"#,
            #"{"resourceType":"QuestionnaireResponse","status":\#(text)}"#,
            #"{"\#(text)":\#(text)}"#,
        ]
        for document in documents {
            let refusals = Self.refusals(of: Array(document.utf8), questionnaire)
            #expect(!refusals.isEmpty, "\(document)")
            for refusal in refusals {
                #expect(!"\(refusal)".contains("Agnes") && !"\(refusal)".contains("1212"), "\(document)")
            }
        }
    }

    private func plant(in text: String) -> String {
        text.replacingOccurrences(of: #""code": "nej""#, with: #""code": "\#(Self.planted)""#)
            .replacingOccurrences(of: #""display": "Nej""#, with: #""display": "\#(Self.planted)""#)
            .replacingOccurrences(of: #""valueBoolean": false"#, with: #""valueString": "\#(Self.planted)""#)
    }

    /// Every refusal that any of the readers has for the bytes.
    private static func refusals(of bytes: [UInt8], _ questionnaire: PreparedQuestionnaire) -> [FHIRRefusal] {
        var refusals: [FHIRRefusal] = []
        func gather(_ read: () throws(FHIRRefusal) -> Void) {
            do throws(FHIRRefusal) { try read() } catch { refusals.append(error) }
        }
        gather { () throws(FHIRRefusal) in _ = try questionnaire.answers(of: QuestionnaireResponse.decode(bytes)) }
        gather { () throws(FHIRRefusal) in _ = try PreparedQuestionnaire(Questionnaire.decode(bytes)) }
        gather { () throws(FHIRRefusal) in
            for entry in try BatchRequest.decode(bytes).entries {
                switch entry.response {
                case .failure(let refusal): refusals.append(refusal)
                case .success(let response):
                    gather { () throws(FHIRRefusal) in _ = try questionnaire.answers(of: response, at: entry.place) }
                }
            }
        }
        return refusals
    }
}
