import Events
import Foundation
import HTTPClient
import Store
import Testing

@testable import Delivery
@testable import Intake

@Suite("Answered forms")
struct FormTests {
    @Test("a form is said to both sets of readers, and only one of them sees an answer")
    func accepted() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            let visit = try await family.visited(in: intake)
            let reply = try await intake.submit(family.form(visit.visit))
            let screening = try #require(visit.screenings[0].screening)
            #expect(reply.status == 201)
            #expect(reply.header("location") == "/fhir/QuestionnaireResponse/\(screening)/_history/1")
            #expect(reply.header("etag") == #"W/"1""#)
            let all = try await intake.said(AnswersSubmitted.self)
            let answers = try #require(all.first)
            #expect(answers.body.screening == screening && answers.body.answers.count == 18)
            #expect(answers.body.ageDays == 303 && answers.body.slot == "10m")
            #expect(answers.common.actor == Actor(role: .parent))
            let answered = try await intake.said(ScreeningAnswered.self)
            #expect(answered.map(\.body.completeness) == [.complete] && answered.map(\.body.answeredCount) == [18])
            let values = try await intake.said().filter { $0.topic == .screenings }
            #expect(values.allSatisfy { !String(decoding: $0.value, as: UTF8.self).contains("cs-1") })
        }
    }

    @Test("the child's first answered form says its visit again, as the one from which the child participates")
    func participating() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            let visit = try await family.visited(in: intake)
            _ = try await intake.submit(family.form(visit.visit))
            _ = try await intake.submit(family.form(visit.visit, by: family.father))
            let held = try await intake.said(VisitHeld.self)
            #expect(held.map(\.body.participated) == [false, true] && held.map(\.common.revision) == [1, 2])
        }
    }

    @Test("the same form again, written otherwise, gets the same answer; another one 409")
    func again() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            let visit = try await family.visited(in: intake)
            let first = try await intake.submit(family.form(visit.visit))
            let rewritten = String(decoding: family.form(visit.visit).bytes, as: UTF8.self)
                .replacingOccurrences(of: ",", with: " ,\n")
            let second = try await intake.send(
                .post, "/fhir/QuestionnaireResponse", Array(rewritten.utf8), token: "tablet")
            #expect(second.status == first.status && second.header("location") == first.header("location"))
            let other = try await intake.submit(family.form(visit.visit, answer: "yes"))
            #expect(other.status == 409 && other.text.contains("OperationOutcome"))
            #expect(try await intake.said(AnswersSubmitted.self).count == 1)
        }
    }

    @Test("two different bodies in the same instant: one 201, one 409")
    func race() async throws {
        try await IntakeUnderTest.run { intake in
            for serial in 0..<20 {
                let family = try await Family.listed(in: intake, serial: serial)
                let visit = try await family.visited(in: intake)
                async let yes = intake.submit(family.form(visit.visit, answer: "yes"))
                async let no = intake.submit(family.form(visit.visit, answer: "no"))
                let statuses = try await [yes.status, no.status].sorted()
                #expect(statuses == [201, 409], "serial \(serial)")
            }
        }
    }

    @Test("an unanswered question is told as shown and unanswered; the form is partial")
    func partial() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            let visit = try await family.visited(in: intake)
            #expect(try await intake.submit(family.form(visit.visit, leavingOut: ["vi-2", "al-1"])).status == 201)
            let answers = try await intake.said(AnswersSubmitted.self)
            #expect(answers[0].body.answers.filter { $0.value == nil }.map(\.item) == ["al-1", "vi-2"])
            let answered = try await intake.said(ScreeningAnswered.self)
            #expect(answered[0].body.completeness == .partial && answered[0].body.answeredCount == 16)
        }
    }

    @Test("an amendment is the next revision of the version it names, and of no other")
    func amended() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            let visit = try await family.visited(in: intake)
            let screening = try #require(visit.screenings[0].screening)
            _ = try await intake.submit(family.form(visit.visit))
            let amended = family.form(visit.visit, answer: "yes").with("status", "amended")
            func put(_ match: String?) async throws -> Reply {
                try await intake.send(
                    .put, "/fhir/QuestionnaireResponse/\(screening)", amended.bytes, token: "tablet",
                    headers: match.map { [ClientHeader("If-Match", $0)] } ?? [])
            }
            #expect(try await put(nil).status == 428)
            #expect(try await put(#"W/"7""#).status == 412)
            let reply = try await put(#"W/"1""#)
            #expect(reply.status == 200 && reply.header("etag") == #"W/"2""#)
            let answers = try await intake.said(AnswersSubmitted.self)
            #expect(answers.map(\.common.revision) == [1, 2])
            let all = try await IntakeUnderTest.said(in: intake.store)
            for (type, replaced) in [
                (EventType.answersSubmitted, answers.map(\.common.replaces)),
                (.screeningAnswered, try await intake.said(ScreeningAnswered.self).map(\.common.replaces)),
            ] {
                let first = try #require(all.first { $0.envelope.eventType == type })
                #expect(replaced == [nil, EventID(first.envelope.id)])
            }
            let read = try await intake.send(.get, "/fhir/QuestionnaireResponse/\(screening)")
            #expect(read.status == 200 && read.text.contains(#""status":"amended""#))
        }
    }

    @Test("a batch takes each form for itself and says where each fault stands")
    func batch() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            let visit = try await family.visited(in: intake)
            let forms = [
                family.form(visit.visit), family.form(visit.visit, answer: "yes"),
                family.form(visit.visit, by: family.father), family.form(visit.visit).with("subject", nil),
            ]
            let bundle: Document = [
                "resourceType": "Bundle", "type": "batch",
                "entry": .list(
                    forms.map {
                        ["resource": .object($0), "request": ["method": "POST", "url": "QuestionnaireResponse"]]
                    }),
            ]
            let reply = try await intake.send(.post, "/fhir", bundle.bytes, token: "ehr")
            #expect(reply.status == 200)
            struct Answer: Decodable {
                struct Entry: Decodable {
                    struct Response: Decodable { let status: String }
                    let response: Response
                }
                let entry: [Entry]
            }
            let statuses = try reply.decoded(as: Answer.self).entry.map { $0.response.status.prefix(3) }
            #expect(statuses == ["201", "409", "201", "422"])
            #expect(reply.text.contains("Bundle.entry[3].resource.subject"))
            #expect(try await intake.said(AnswersSubmitted.self).count == 2)
        }
    }

    @Test("an Idempotency-Key brings back the answer that was given, and goes with one request only")
    func idempotencyKey() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            let key = [ClientHeader("Idempotency-Key", #""8e03""#)]
            let first = try await intake.post("/v1/visits", family.visit(), headers: key)
            let again = try await intake.post("/v1/visits", family.visit(), headers: key)
            let other = try await intake.post("/v1/visits", family.visit("18m"), headers: key)
            #expect(first.status == 201 && again.body == first.body && other.status == 422)
        }
    }

    @Test("too much waiting for the broker: 503 with Retry-After, nothing stored")
    func backlog() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            intake.backlog.saw(rows: 1000, unpublished: 1000, oldest: nil, stopped: [:])
            let reply = try await intake.post("/v1/visits", family.visit())
            #expect(reply.status == 503 && reply.header("retry-after") != nil)
            #expect(try await intake.said(VisitHeld.self).isEmpty)
            intake.backlog.saw(rows: 999, unpublished: 999, oldest: nil, stopped: [:])
            #expect(try await intake.post("/v1/visits", family.visit()).status == 201)
        }
    }

    @Test("every read and write of a form leaves an audit row, and the chain holds")
    func audit() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            let visit = try await family.visited(in: intake)
            let screening = try #require(visit.screenings[0].screening)
            _ = try await intake.submit(family.form(visit.visit))
            _ = try await intake.send(.get, "/fhir/QuestionnaireResponse/\(screening)", token: "doctor")
            let actions = try await intake.store.read { store in
                try store.all("SELECT caller, action FROM audit ORDER BY seq") { "\($0.text(0)) \($0.text(1))" }
            }
            #expect(
                actions == [
                    "nurse child.listed", "nurse visit.recorded", "tablet form.submitted", "doctor form.read",
                ])
            let (rows, broken) = try await intake.store.read { try AuditTrail.verify(in: $0) }
            #expect(rows == 4 && broken == nil)
        }
    }
}
