import Delivery
import Events
import Foundation
import HTTPClient
import Testing

@testable import Intake

@Suite("Conversations, decisions and consents")
struct AgreementTests {
    struct Conversation: Decodable {
        let conversation: ConversationID
        let offers: [Offer]
    }

    struct Offer: Decodable {
        let offer: OfferID
        let decision: OfferDecision?
        let decisionRevision: Int?
        let consent: Consent?
    }

    struct Consent: Decodable, Equatable {
        let consent: ConsentID
        let guardiansNeeded: Int
        let guardiansGiven: Int
        let complete: Bool
        let withdrawn: WithdrawalScope?
    }

    /// A conversation by telephone with one accepted offer and a consent about the child.
    static func document(_ family: Family, about: String = "both") -> Document {
        [
            "child": .id(family.child), "respondent": .id(family.mother), "occasion": "phone",
            "heldAt": "2026-07-03T09:00:00+02:00", "by": "nurse", "otherParentPresent": false,
            "factors": [["factor": "low-mood", "talked": "yes"]],
            "offers": [
                [
                    "kind": "family-therapist", "factors": ["low-mood"], "recipient": "ft-2309",
                    "contactListVersion": "1", "decision": ["decision": "accepted"],
                    "consent": [
                        "about": .text(about), "recipient": "ft-2309", "purpose": "support",
                        "categories": ["contact", "factors"], "feedback": "course", "form": "oral",
                    ],
                ]
            ],
        ]
    }

    static func recorded(_ document: Document, in intake: IntakeUnderTest) async throws -> Conversation {
        let reply = try await intake.post("/v1/conversations", document)
        #expect(reply.status == 201, "\(reply)")
        return try reply.decoded()
    }

    @Test("one document says each fact once; the same again gets the same answer, another 409")
    func recorded() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            let document = Self.document(family)
            let first = try await intake.post("/v1/conversations", document)
            let second = try await intake.post("/v1/conversations", document)
            let other = try await intake.post("/v1/conversations", document.with("interpreter", true))
            #expect(first.status == 201 && second.body == first.body && other.status == 409)
            let types = try await intake.said().filter { $0.child != nil }.compactMap(\.envelope.eventType)
            #expect(
                types == [
                    .childListed, .conversationRecorded, .supportOfferMade, .supportOfferDecided, .consentGiven,
                ])
        }
    }

    @Test("data about a child need every guardian: the consent is complete when the second has given hers")
    func secondGuardian() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            let conversation = try await Self.recorded(Self.document(family), in: intake)
            let consent = try #require(conversation.offers[0].consent)
            #expect(!consent.complete && consent.guardiansNeeded == 2 && consent.guardiansGiven == 1)
            let given: Document = ["guardian": .id(family.father), "givenAt": "2026-07-05T09:00:00+02:00"]
            let path = "/v1/consents/\(consent.consent)/guardians"
            let now: Consent = try await intake.post(path, given).decoded()
            let again: Consent = try await intake.post(path, given).decoded()
            #expect(now.complete && now.guardiansGiven == 2 && again == now)
            let events = try await intake.said(ConsentGiven.self)
            #expect(events.map(\.common.revision) == [1, 2] && events.map(\.body.complete) == [false, true])
            #expect(events[1].common.replaces != nil && events[1].body.giver == family.mother)
        }
    }

    @Test(
        "whose consent is needed, and when it is complete",
        arguments: [
            (ConsentSubject.giver, [Guardianship.yes, .yes], [0], 0, 0, true),
            (.child, [.yes, .yes], [0], 2, 1, false),
            (.child, [.yes, .yes], [0, 1], 2, 2, true), (.both, [.yes, .no], [0], 1, 1, true),
            (.child, [.no, .yes], [0], 1, 0, false), (.child, [.yes, .unknown], [0], 2, 1, false),
            (.child, [.yes, .unknown], [0, 1], 2, 1, false), (.child, [.no, .no], [0, 1], 0, 0, false),
        ])
    func completeness(
        about: ConsentSubject, guardians: [Guardianship], consenting: [Int], needed: Int, given: Int, complete: Bool
    ) {
        let respondents = guardians.map {
            Respondent(id: RespondentID(UUID()), relation: .otherParent, guardian: $0)
        }
        let found = ConsentCompleteness(
            about: about, consenting: Set(consenting.map { respondents[$0].id }), respondents: respondents)
        #expect(found.needed == needed && found.given == given && found.isComplete == complete)
    }

    @Test("a withdrawal is said once; after it no guardian can be added; feedback can go before all")
    func withdrawn() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            let conversation = try await Self.recorded(Self.document(family), in: intake)
            let consent = try #require(conversation.offers[0].consent).consent
            for scope in ["feedback", "feedback", "all", "all", "feedback"] {
                let reply = try await intake.post(
                    "/v1/consents/\(consent)/withdrawal",
                    ["scope": .text(scope), "withdrawnAt": "2026-07-06T09:00:00+02:00"])
                #expect(reply.status == 201, "\(reply)")
            }
            let said = try await intake.said(ConsentWithdrawn.self)
            #expect(said.map(\.body.scope) == [.feedback, .all] && said.map(\.common.revision) == [1, 2])
            let late = try await intake.post(
                "/v1/consents/\(consent)/guardians",
                ["guardian": .id(family.father), "givenAt": "2026-07-07T09:00:00+02:00"])
            #expect(late.status == 409)
        }
    }

    @Test("a decision may come months later, each as the next revision, never out of order")
    func decisions() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            var document = Self.document(family)
            document["offers"] = [
                ["kind": "family-therapist", "recipient": "ft-2309", "decision": ["decision": "declined"]]
            ]
            let offer = try await Self.recorded(document, in: intake).offers[0]
            let path = "/v1/offers/\(offer.offer)/decisions"
            func decide(_ decision: String, _ at: String) async throws -> Int {
                try await intake.post(
                    path, ["decision": .text(decision), "via": "phone", "decidedAt": .text(at)]
                ).status
            }
            #expect(try await decide("withdrawn", "2026-08-01T09:00:00+02:00") == 422)
            #expect(try await decide("accepted", "2026-06-01T09:00:00+02:00") == 422)
            #expect(try await decide("accepted", "2026-09-01T09:00:00+02:00") == 201)
            #expect(try await decide("accepted", "2026-09-01T09:00:00+02:00") == 201)
            #expect(try await decide("declined", "2026-09-01T09:00:00+02:00") == 409)
            #expect(try await decide("withdrawn", "2026-10-01T09:00:00+02:00") == 201)
            let said = try await intake.said(SupportOfferDecided.self)
            #expect(said.map(\.body.decision) == [.declined, .accepted, .withdrawn])
            #expect(said.map(\.common.revision) == [1, 2, 3])
        }
    }

    @Test("a protected family's offer and consent name no recipient and no list")
    func restricted() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake, restricted: true)
            _ = try await Self.recorded(Self.document(family), in: intake)
            let made = try await intake.said(SupportOfferMade.self)
            let given = try await intake.said(ConsentGiven.self)
            #expect(made[0].body.recipient == nil && made[0].body.contactListVersion == nil)
            #expect(given[0].body.recipient == nil && given[0].common.restricted)
        }
    }

    @Test("what can't be is refused with the place")
    func impossible() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            let other = try await Family.listed(in: intake, serial: 1)
            let document = Self.document(family)
            let consent: Document.Value = [
                "about": "self", "recipient": "sw-2309", "purpose": "support", "categories": ["contact"],
                "feedback": "none", "form": "oral",
            ]
            let cases: [(Document, String)] = [
                (document.with("respondent", .id(other.mother)), "#/respondent"),
                (document.with("visit", .id(other.child)), "#/visit"),
                (
                    document.with(
                        "offers", [["kind": "family-therapist", "recipient": "ft-2309", "consent": consent]]),
                    "#/offers/0/consent/recipient"
                ),
                (document.with("offers", [["kind": "bvc-follow-up", "consent": consent]]), "#/offers/0/consent"),
                (
                    document.with(
                        "offers",
                        [["kind": "family-therapist", "decision": ["decision": "declined"], "consent": consent]]),
                    "#/offers/0/consent"
                ),
            ]
            for (document, pointer) in cases {
                let reply = try await intake.post("/v1/conversations", document)
                #expect(reply.status == 422 && reply.text.contains(#""pointer":"\#(pointer)""#), "\(reply)")
            }
            #expect(try await intake.said(ConversationRecorded.self).isEmpty)
        }
    }

    @Test("another provider's nurse reads and writes nothing of an offer")
    func wall() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            let offer = try await Self.recorded(Self.document(family), in: intake).offers[0]
            for token in ["private-nurse", "beyond-wall"] {
                #expect(try await intake.send(.get, "/v1/offers/\(offer.offer)", token: token).status == 403)
            }
            #expect(try await intake.send(.get, "/v1/offers/\(offer.offer)").status == 200)
        }
    }
}
