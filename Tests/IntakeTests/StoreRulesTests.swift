import Delivery
import Events
import Foundation
import Store
import Support
import Testing

@testable import Intake

@Suite("Intake's store")
struct StoreRulesTests {
    /// A family with everything that can be recorded.
    static func fullLife(in intake: IntakeUnderTest, serial: Int = 0) async throws -> Family {
        let family = try await Family.listed(in: intake, serial: serial)
        let visit = try await family.visited(in: intake)
        _ = try await intake.submit(family.form(visit.visit))
        _ = try await intake.submit(family.form(visit.visit, answer: "yes", by: family.father, leavingOut: ["wh-1"]))
        var second = family.visit("18m", at: "2026-10-01T10:00:00+02:00")
        second["screenings"] = [
            ["respondent": .id(family.mother), "state": "declined", "scope": "untilAsked"],
            ["respondent": .id(family.father), "state": "not-offered", "reason": "not-present"],
        ]
        _ = try await intake.post("/v1/visits", second)
        let conversation = try await AgreementTests.recorded(AgreementTests.document(family), in: intake)
        let offer = conversation.offers[0]
        if let consent = offer.consent?.consent {
            _ = try await intake.post(
                "/v1/consents/\(consent)/guardians",
                ["guardian": .id(family.father), "givenAt": "2026-07-05T09:00:00+02:00"])
            _ = try await intake.post(
                "/v1/consents/\(consent)/withdrawal", ["scope": "all", "withdrawnAt": "2026-07-09T09:00:00+02:00"])
        }
        _ = try await intake.post(
            "/v1/offers/\(offer.offer)/decisions",
            ["decision": "withdrawn", "via": "phone", "decidedAt": "2026-07-09T09:00:00+02:00"])
        return family
    }

    /// All rows of the tables that are brought back, as text, without what no topic carries.
    static func rows(in store: Store) async throws -> [String] {
        try await store.read { store in
            func all(_ sql: StaticString) throws -> [String] { try store.all(sql) { $0.text(0) } }
            return try all(
                "SELECT 'p ' || subject || type || hex(sha256) || revision || hex(event) FROM published ORDER BY 1")
                + all(
                    """
                    SELECT 'c ' || hex(child) || unit || residence || birth_month || since || restricted || synthetic
                    || participating FROM child ORDER BY 1
                    """)
                + all(
                    """
                    SELECT 'r ' || hex(respondent) || hex(child) || place || relation || guardian FROM respondent
                    ORDER BY 1
                    """
                )
                + all(
                    """
                    SELECT 'v ' || hex(visit) || hex(child) || slot || held_at || team || place || hex(present) || actor
                    || revision || hex(event) FROM visit ORDER BY 1
                    """)
                + all(
                    """
                    SELECT 's ' || hex(visit) || hex(respondent) || hex(coalesce(screening, x'')) || state || code
                    || language || mode FROM screening ORDER BY 1
                    """)
                + all(
                    """
                    SELECT 'f ' || hex(screening) || revision || hex(digest) || answered_at || recorded_at
                    || completeness || filled || hex(answers) FROM form ORDER BY 1
                    """)
                + all("SELECT 'k ' || hex(conversation) || hex(respondent) || held_at FROM conversation ORDER BY 1")
                + all("SELECT 'o ' || hex(offer) || place || kind || recipient FROM offer ORDER BY 1")
                + all(
                    """
                    SELECT 'd ' || hex(offer) || revision || decision || decided_at || via || hex(event) FROM decision
                    ORDER BY 1
                    """
                )
                + all(
                    """
                    SELECT 'g ' || hex(consent) || hex(offer) || revision || complete || coalesce(withdrawn, '')
                    || withdrawals || hex(given) || hex(event) FROM consent ORDER BY 1
                    """)
        }
    }

    @Test("every table about a child has its rule, and erasing a child leaves nothing of it")
    func erasure() async throws {
        try await IntakeUnderTest.run { intake in
            let erasure = IntakeService.definition.erasure
            #expect(try await intake.store.read { try erasure.faults(in: $0) } == [])
            let erased = try await Self.fullLife(in: intake, serial: 0)
            let kept = try await Self.fullLife(in: intake, serial: 1)
            try await intake.store.write { _ = try erasure.erase(child: erased.child.uuid, in: $0) }
            let rows = try await Self.rows(in: intake.store).joined()
            for id in [erased.child.bytes, erased.mother.bytes, erased.father.bytes] {
                #expect(!rows.contains(id.map { String(format: "%02X", $0) }.joined()))
            }
            #expect(rows.contains(kept.child.bytes.map { String(format: "%02X", $0) }.joined()))
            let names = try await intake.store.read { try $0.count("SELECT count(*) FROM identity_of") }
            #expect(names == 2)
        }
    }

    @Test(
        "a store restored empty takes back what it had said, in any interleaving of the topics",
        arguments: [1, 2, 3, 4])
    func takeBack(seed: UInt64) async throws {
        try await IntakeUnderTest.run { intake in
            try await RegistryTests.publish(intake.registry, in: intake.store)
            for serial in 0..<3 { _ = try await Self.fullLife(in: intake, serial: serial) }
            let said = try await intake.said()
            let interleaved = Self.interleave(said, seed: seed)
            let restored = try await IntakeUnderTest.openStore()
            try await restored.store.write { transaction in
                for event in interleaved { try TakeBack.apply(event, in: transaction) }
            }
            let before = try await Self.rows(in: intake.store)
            let after = try await Self.rows(in: restored.store)
            #expect(after == before, "seed \(seed)")
        }
    }

    /// The same events, each topic's in their order, the topics in an order that the seed draws.
    static func interleave(_ events: [ReceivedEvent], seed: UInt64) -> [ReceivedEvent] {
        var generator = SeededGenerator(seed: seed)
        var queues = Dictionary(grouping: events, by: \.topic)
        var mixed: [ReceivedEvent] = []
        while let topic = queues.keys.sorted(by: { $0.rawValue < $1.rawValue }).randomElement(using: &generator) {
            guard var queue = queues[topic], !queue.isEmpty else {
                queues[topic] = nil
                continue
            }
            mixed.append(queue.removeFirst())
            queues[topic] = queue
        }
        return mixed
    }
}
