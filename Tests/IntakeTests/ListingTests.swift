import Delivery
import Events
import Foundation
import HTTPClient
import Testing

@testable import Intake

@Suite("Children and visits")
struct ListingTests {
    @Test("a child listed twice is one child, and gets the same answer")
    func twice() async throws {
        try await IntakeUnderTest.run { intake in
            let first = try await intake.post("/v1/children", Family.listing())
            let second = try await intake.post("/v1/children", Family.listing())
            #expect(first.status == 201)
            #expect(second.status == first.status && second.body == first.body)
            #expect(try await intake.said(ChildListed.self).count == 1)
        }
    }

    @Test("the same identity number with another document is a conflict")
    func conflict() async throws {
        try await IntakeUnderTest.run { intake in
            _ = try await intake.post("/v1/children", Family.listing())
            let other = try await intake.post("/v1/children", Family.listing().with("since", "2025-09-11"))
            #expect(other.status == 409)
        }
    }

    @Test("what is said of a child tells the month of birth and no more of who it is")
    func said() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            let events = try await intake.said(ChildListed.self)
            let event = try #require(events.first)
            #expect(event.body.birthMonth.text == "2025-09")
            #expect(event.body.respondents.map(\.respondent) == [family.mother, family.father])
            #expect(event.common.unit == IntakeUnderTest.unit && event.common.synthetic)
        }
    }

    @Test("a protected parent makes the family protected: no event tells a place")
    func restricted() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake, restricted: true)
            let visit = try await family.visited(in: intake)
            #expect(try await intake.submit(family.form(visit.visit)).status == 201)
            for event in try await intake.said() where event.child != nil {
                let text = String(decoding: event.value, as: UTF8.self)
                #expect(text.contains(#""restricted":true"#))
                #expect(!text.contains("SE0000000018") && !text.contains("2309"))
            }
        }
    }

    @Test(
        "a document that breaks a rule is refused with the place",
        arguments: [
            ("identity", nil, "#/identity"), ("unit", "SE1-x", "#/unit"), ("birthDate", "2025-02-30", "#/birthDate"),
            ("residenceMunicipality", "23", "#/residenceMunicipality"), ("since", "2025-08-01", "#/since"),
            ("restricted", "yes", "#/restricted"), ("respondents", [], "#/respondents"), ("name", "x", "#"),
            ("respondents", [["relation": "aunt", "guardian": "yes"]], "#/respondents/0/relation"),
            (
                "identity",
                [
                    "system": "http://electronichealth.se/identifier/personnummer", "value": "202509010002",
                    "name": "x",
                ], "#/identity/value"
            ),
        ] as [(String, Document.Value?, String)])
    func refused(member: String, value: Document.Value?, pointer: String) async throws {
        try await IntakeUnderTest.run { intake in
            let reply = try await intake.post("/v1/children", Family.listing().with(member, value))
            #expect(reply.status == 400)
            #expect(reply.text.contains(#""pointer":"\#(pointer)""#), "\(reply)")
            #expect(try await intake.said().isEmpty)
        }
    }

    @Test(
        "who may not, doesn't",
        arguments: [
            ("nobody", 401), ("reader", 403), ("tablet", 403), ("private-nurse", 403), ("beyond-wall", 403),
            ("ehr", 201),
        ])
    func access(token: String, status: Int) async throws {
        try await IntakeUnderTest.run { intake in
            let reply = try await intake.post("/v1/children", Family.listing(), token: token)
            #expect(reply.status == status)
        }
    }

    @Test("child and slot are one visit: the same again gets the same answer, another record 409")
    func visits() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            let first = try await intake.post("/v1/visits", family.visit())
            let second = try await intake.post("/v1/visits", family.visit())
            let other = try await intake.post("/v1/visits", family.visit(at: "2026-07-02T10:00:00+02:00"))
            #expect(first.status == 201 && second.body == first.body && other.status == 409)
            #expect(try await intake.said(VisitHeld.self).count == 1)
            #expect(try await intake.said(ScreeningOffered.self).count == 2)
        }
    }

    @Test("not present, not offered, declined and offered stay different things")
    func states() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            var visit = family.visit()
            visit["screenings"] = [
                ["respondent": .id(family.mother), "state": "declined", "scope": "forNow"],
                ["respondent": .id(family.father), "state": "not-offered", "reason": "not-present"],
            ]
            let reply = try await intake.post("/v1/visits", visit)
            #expect(reply.status == 201)
            #expect(try await intake.said(ScreeningDeclined.self).map(\.body.scope) == [.forNow])
            #expect(try await intake.said(ScreeningOffered.self).count == 1)
            #expect(try await intake.said(ScreeningNotOffered.self).map(\.body.reason) == [.notPresent])
            let changed = try await intake.post(
                "/v1/visits/\(try reply.decoded(as: Family.Recorded.self).visit)/screenings",
                ["respondent": .id(family.father), "state": "offered"])
            #expect(changed.status == 409)
        }
    }

    @Test("a visit of strangers, of an unknown slot or in the future is refused with the place")
    func impossibleVisits() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            let stranger = "00000000-0000-4000-8000-000000000000"
            let cases: [(Document, String)] = [
                (family.visit().with("present", [.text(stranger)]), "#/present/0"),
                (family.visit("5y"), "#/slot"), (family.visit().with("child", .text(stranger)), "#/child"),
                (family.visit(at: "2030-01-01T10:00:00+01:00"), "#/heldAt"),
            ]
            for (document, pointer) in cases {
                let reply = try await intake.post("/v1/visits", document)
                #expect(reply.status == 422 && reply.text.contains(#""pointer":"\#(pointer)""#), "\(reply)")
            }
        }
    }
}
