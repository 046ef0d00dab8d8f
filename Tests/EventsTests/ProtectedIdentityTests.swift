import Events
import Foundation
import Runtime
import Support
import Testing

@Suite("A family with protected identity")
struct ProtectedIdentityTests {
    private static let restricted = CommonMembers(
        occurredAt: Timestamp(milliseconds: 0), region: "23", unit: "SE2321000131-E1", residenceMunicipality: "2380",
        actor: Actor(role: .nurse, organisation: "SE2321000131-E1"), restricted: true, synthetic: true,
        registryVersion: "1")

    @Test("has the region only in its events")
    func places() throws {
        let event = Event(Self.restricted, ConsentWithdrawn(consent: ConsentID(UUID()), scope: .all))
        let text = String(decoding: try EventCodec.encode(event), as: UTF8.self)
        #expect(!text.contains("2380"))
        #expect(!text.contains("SE2321000131"))
        #expect(event.common.actor.role == .nurse)
    }

    @Test("never has an offer that names recipient, list or suggestions")
    func offers() throws {
        let generator = EventGenerator(seed: 3)
        var offer = try generator.body(SupportOfferMade.self)
        (offer.recipient, offer.entry, offer.contactListVersion, offer.suggested) = (nil, nil, nil, [])
        #expect(throws: Never.self) { try EventCodec.encode(Event(Self.restricted, offer)) }
        let changes: [(String, (inout SupportOfferMade) -> Void)] = [
            ("recipient", { $0.recipient = "r" }), ("entry", { $0.entry = "e" }),
            ("contactListVersion", { $0.contactListVersion = "1" }),
            ("suggested", { $0.suggested = [SuggestedResource(id: "r", rank: 1, reason: "x")] }),
        ]
        for (member, change) in changes {
            var changed = offer
            change(&changed)
            #expect(throws: EventFault(member: member, kind: .withheld)) {
                try EventCodec.encode(Event(Self.restricted, changed))
            }
        }
    }

    @Test("never has a referral or a consent that names a recipient")
    func referrals() throws {
        let generator = EventGenerator(seed: 4)
        let referral = try generator.body(ReferralRequested.self)
        #expect(throws: EventFault(member: "restricted", kind: .withheld)) {
            try EventCodec.encode(Event(Self.restricted, referral))
        }
        var consent = try generator.body(ConsentGiven.self)
        consent.recipient = "r"
        #expect(throws: EventFault(member: "recipient", kind: .withheld)) {
            try EventCodec.encode(Event(Self.restricted, consent))
        }
    }
}
