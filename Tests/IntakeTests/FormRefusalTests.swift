import Events
import Foundation
import HTTPClient
import Testing

@testable import Intake

@Suite("Forms that are refused")
struct FormRefusalTests {
    @Test("a form that fits nothing recorded is refused with the place, and nothing is stored")
    func unknown() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            let visit = try await family.visited(in: intake)
            let other = try await Family.listed(in: intake, serial: 1)
            let stranger = "00000000-0000-4000-8000-000000000000"
            let form = family.form(visit.visit)
            let cases: [(Document, Int, String)] = [
                (
                    form.with("subject", ["reference": .text("Patient/\(stranger)")]), 422,
                    "QuestionnaireResponse.subject"
                ),
                (form.with("subject", ["reference": .text("Patient/\(other.child)")]), 422, ".encounter"),
                (form.with("source", ["reference": .text("RelatedPerson/\(other.mother)")]), 422, ".source"),
                (form.with("encounter", ["reference": .text("Encounter/\(stranger)")]), 422, ".encounter"),
                (form.with("encounter", nil), 422, ".encounter"),
                (form.with("status", "in-progress"), 422, ".status"),
                (form.with("authored", "2026-07-01"), 422, ".authored"),
                (form.with("authored", "2030-01-01T00:00:00Z"), 422, ".authored"),
                (form.with("authored", "2020-01-01T00:00:00Z"), 422, ".authored"),
                (form.with("questionnaire", "https://barnsakert.example/q|9"), 422, ".questionnaire"),
                (family.form(visit.visit, informationVersion: nil), 422, ".extension"),
            ]
            for (document, status, place) in cases {
                let reply = try await intake.submit(document)
                #expect(reply.status == status && reply.text.contains(place), "\(reply)")
            }
            #expect(try await intake.said(AnswersSubmitted.self).isEmpty)
        }
    }

    @Test("a form to somebody who wasn't offered one is refused")
    func notOffered() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            let visit = try await intake.post(
                "/v1/visits",
                family.visit().with(
                    "screenings",
                    [["respondent": .id(family.mother), "state": "not-offered", "reason": "no-time"]]))
            let recorded: Family.Recorded = try visit.decoded()
            #expect(try await intake.submit(family.form(recorded.visit)).status == 422)
            #expect(try await intake.submit(family.form(recorded.visit, by: family.father)).status == 422)
        }
    }

    @Test(
        "what is no form is refused with a 4xx that names the place and echoes nothing",
        arguments: [
            ("{", 400), ("[]", 400), (#"{"resourceType":"Patient"}"#, 400),
            (#"{"resourceType":"QuestionnaireResponse","status":"completed","x":"planterat"}"#, 400),
            (#"{"resourceType":"QuestionnaireResponse","status":7}"#, 400),
            (#"{"resourceType":"QuestionnaireResponse","status":"completed","item":[{"linkId":"planterat"}]}"#, 422),
            (String(repeating: #"{"item":["#, count: 200), 400),
        ])
    func malformed(body: String, status: Int) async throws {
        try await IntakeUnderTest.run { intake in
            let reply = try await intake.send(.post, "/fhir/QuestionnaireResponse", Array(body.utf8), token: "tablet")
            #expect(reply.status == status, "\(reply)")
            #expect(reply.text.contains("OperationOutcome") && !reply.text.contains("planterat"))
            #expect(try await intake.said().isEmpty)
        }
    }

    @Test("invalid UTF-8, another media type and too large a body are refused")
    func transport() async throws {
        try await IntakeUnderTest.run { intake in
            let path = "/fhir/QuestionnaireResponse"
            let invalid = try await intake.send(
                .post, path, Array(#"{"a":""#.utf8) + [0xFF, 0x22, 0x7D], token: "tablet")
            #expect(invalid.status == 400)
            let type = try await intake.send(.post, path, [0x7B, 0x7D], token: "tablet", contentType: "text/plain")
            #expect(type.status == 415)
            let large = try await intake.send(.post, path, [UInt8](repeating: 0x20, count: 70_000), token: "tablet")
            #expect(large.status == 413)
        }
    }

    @Test(
        "an answer that the Questionnaire doesn't allow is refused without a word of it",
        arguments: [
            (["valueString": "hemligt"], "valueCoding"),
            (
                ["valueCoding": ["system": "https://barnsakert.example/fhir/CodeSystem/svar", "code": "hemligt"]],
                "option"
            ),
        ] as [(Document.Value, String)])
    func answers(value: Document.Value, rule: String) async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            let visit = try await family.visited(in: intake)
            let form = family.form(visit.visit).with("item", [["linkId": "cs-1", "answer": [value]]])
            let reply = try await intake.submit(form)
            #expect(reply.status == 422 && reply.text.contains("item[0].answer[0]") && reply.text.contains(rule))
            #expect(!reply.text.contains("hemligt"))
        }
    }

    @Test(
        "no token 401, wrong role or unit 403",
        arguments: [("nobody", 401), ("reader", 403), ("private-nurse", 403), ("beyond-wall", 403), ("nurse", 201)])
    func access(token: String, status: Int) async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            let visit = try await family.visited(in: intake)
            #expect(try await intake.submit(family.form(visit.visit), token: token).status == status)
        }
    }
}
