import Delivery
import Events
import Foundation
import Runtime
import Store
import Support
import Testing

@testable import ReferralRouter

/// Erasing a child, and taking back what was said after a restore.
@Suite("The router's store")
struct StoreRulesTests {
    static func told() async throws -> (RouterBench, Family) {
        try await RecallTests.sent { family in
            try family.answer(.accepted)
            try family.answer(.done)
        }
    }

    @Test("every table has a rule, and an erased child leaves nothing")
    func erasing() async throws {
        let (bench, family) = try await Self.told()
        var held = Family(seed: 7)
        try held.list()
        try held.make(recipient: nil)
        try held.decide(.accepted)
        try await bench.apply(held.records)
        let erasure = ReferralRouterService.definition.erasure
        #expect(try await bench.store.read { try erasure.faults(in: $0) } == [])
        for child in [family.child, held.child] {
            _ = try await bench.store.write { try erasure.erase(child: child.uuid, in: $0) }
        }
        for (name, count) in try await bench.counts() { #expect(count == 0, "\(name)") }
        #expect(try await bench.said().isEmpty)
    }

    /// What a store with nothing in it takes back of everything that another had said.
    static func takenBack(from bench: RouterBench, child: ChildID) async throws -> RouterBench {
        let said = try await bench.said()
        let restored = try await RouterBench()
        try await restored.store.write { transaction in
            for fact in said {
                let type = try #require(EventType(name: fact.type))
                let envelope = Envelope(
                    id: UUID(), source: EventSource(region: "23", service: .referralRouter), type: type.ceType,
                    subject: fact.subject, time: RouterBench.now, dataSchema: type.dataSchema,
                    partitionKey: child.text, revision: fact.revision, epoch: 1)
                try TakeBackSaid.takeBack(
                    ReceivedEvent(envelope: envelope, topic: type.topic, value: fact.value, child: child),
                    in: transaction)
            }
        }
        return restored
    }

    @Test("what was said is taken back, and reading everything again says nothing twice")
    func takingBack() async throws {
        let (bench, family) = try await Self.told()
        let restored = try await Self.takenBack(from: bench, child: family.child)
        try await restored.apply(family.records)
        #expect(try await restored.said().isEmpty)
        let own = try await bench.store.read { try ReferralTable.all(of: family.offer, in: $0) }
        #expect(try await restored.store.read { try ReferralTable.all(of: family.offer, in: $0) } == own)
    }

    @Test(
        "whatever was said is taken back, and reading on from anywhere says only what is new", arguments: UInt64(1)...20
    )
    func takingBackAnything(seed: UInt64) async throws {
        let history = try await History.wild(seed: seed)
        let records = history.interleaving(seed)
        let bench = try await RouterBench()
        try await bench.apply(records)
        let restored = try await Self.takenBack(from: bench, child: history.family.child)
        try await restored.apply(records)
        let before = Set(try await bench.said().map { "\($0.type) \($0.subject) \($0.revision)" })
        let again = try await restored.said().filter { $0.type != "referral.held" }
        #expect(again.map { "\($0.type) \($0.subject) \($0.revision)" } == [], "seed \(seed), of \(before.count)")
        let offer = history.family.offer
        #expect(try await restored.standing(offer) == bench.standing(offer), "seed \(seed)")
    }
}
