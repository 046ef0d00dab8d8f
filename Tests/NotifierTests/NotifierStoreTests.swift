import Delivery
import Events
import Foundation
import Runtime
import Store
import Testing

@testable import Notifier

@Suite("The notifier's store")
struct NotifierStoreTests {
    @Test("one function erases a child, and every table has its rule")
    func erasure() async throws {
        let desk = try await Desk(receiver: ScriptedReceiver { _ in .taken })
        let answering = AnswerTests.therapist
        for number in UInt64(1)...2 {
            let story = Story(number)
            try await desk.apply(try story.whole())
            try await desk.turn()
            try await desk.apply([try story.changed(to: .accepted)])
            let (taking, now) = (TakeAnswer(outbox: desk.outbox), desk.clock.now)
            _ = try await desk.store.write { transaction in
                try taking.take(
                    TakeAnswer.Incoming(
                        referral: story.referral,
                        answer: GivenAnswer(code: .accepted, reason: nil, proposedTimes: []), caller: answering,
                        idempotencyKey: nil, write: UUID(), traceparent: nil), now: now, in: transaction)
            }
        }
        let erasure = NotifierService.definition.erasure
        let child = Story(1).child.uuid
        #expect(try await desk.store.read { try erasure.faults(in: $0) } == [])
        try await desk.store.write { _ = try erasure.erase(child: child, in: $0) }
        let counts = try await desk.counts()
        #expect(counts["referrals.received"] == 1)
        #expect(counts["deliveries.delivered"] == 1)
        #expect(counts["referrals.answered"] == 1)
        #expect(counts["attempts.made"] == 1)
        let file = try Data(contentsOf: URL(filePath: desk.store.directory.databasePath))
        #expect(!file.isEmpty)
        #expect(try await desk.store.read { try AuditTrail.verify(in: $0).firstBroken } == nil)
    }

    @Test("an attempt whose child is erased meanwhile ends quietly")
    func erasedUnderWay() async throws {
        let desk = try await Desk(receiver: ScriptedReceiver { _ in .taken })
        try await desk.apply(try Story(1).whole())
        let attempts = try await desk.courier.turn()
        let child = Story(1).child.uuid
        try await desk.store.write { _ = try NotifierService.definition.erasure.erase(child: child, in: $0) }
        for attempt in attempts { try await desk.courier.perform(attempt, until: StopSignal()) }
        #expect(try await desk.said() == [])
    }

    @Test("an older store takes back what it had said, and says nothing twice")
    func takeBack() async throws {
        let story = Story(1)
        let before = try await Desk(receiver: ScriptedReceiver { _ in .taken })
        try await before.apply(try story.whole())
        try await before.turn()
        let (taking, now) = (TakeAnswer(outbox: before.outbox), before.clock.now)
        _ = try await before.store.write { transaction in
            try taking.take(
                TakeAnswer.Incoming(
                    referral: story.referral, answer: GivenAnswer(code: .accepted, reason: nil, proposedTimes: []),
                    caller: AnswerTests.therapist, idempotencyKey: nil, write: UUID(), traceparent: nil), now: now,
                in: transaction)
        }
        let delivered = try await before.events(NotificationDelivered.self)[0]
        let answered = try await before.events(ReferralAnswered.self)[0]

        let receiver = ScriptedReceiver { _ in .taken }
        let restored = try await Desk(receiver: receiver)
        let events = [
            try event(delivered, about: story.child), try event(answered, about: story.child),
        ]
        try await restored.store.write { transaction in
            for event in events { try NotifierService.definition.takeBack(event, transaction) }
        }
        try await restored.apply(try story.whole())
        try await restored.turn()
        #expect(receiver.received.isEmpty, "delivered already")
        var expected = try await before.counts()
        expected["attempts.made"] = 0
        #expect(try await restored.counts() == expected)
        let page = try await restored.store.write {
            try ReadInbox().read(after: 0, for: InboxTests.manager, now: now, in: $0)
        }
        #expect(page.entries.map(\.data.referenceNumber) == ["JH-1"])
    }

    private func event<Body: EventBody>(
        _ event: Event<Body>, about child: ChildID
    ) throws -> ReceivedEvent where Body.Common == CommonMembers {
        let envelope = Envelope(
            of: event, child: child, source: EventSource(region: "23", service: .notifier),
            trigger: .write(UUID(high: 1, low: 1, version: 7)), triggeredAt: Story.start, recordedAt: Story.start,
            epoch: 1)
        return ReceivedEvent(
            envelope: envelope, topic: Body.type.topic, value: try EventCodec.encode(event), child: child)
    }
}
