import Events
import Foundation
import Runtime
import Store
import Synchronization
import Testing

@testable import Notifier

@Suite("The courier")
struct CourierTests {
    @Test("delivers a thin notice: reference number and telephone, nothing else")
    func delivers() async throws {
        let receiver = ScriptedReceiver { _ in .taken }
        let desk = try await Desk(receiver: receiver)
        let story = Story(1)
        try await desk.apply(try story.whole())
        #expect(try await desk.turn() == 1)
        let received = try #require(receiver.received.first)
        #expect(received.id == Notice.requested.delivery(of: story.referral).text)
        let body = try #require(try JSONSerialization.jsonObject(with: Data(received.body)) as? [String: Any])
        #expect(Set(body.keys) == ["type", "timestamp", "data"])
        let details = try #require(body["data"] as? [String: String])
        #expect(
            details == [
                "referral": story.referral.text, "referenceNumber": "JH-1", "unitPhone": "+46 63 00 00 00",
            ])
        let delivered = try #require(try await desk.events(NotificationDelivered.self).first)
        #expect(delivered.body.attempt == 1)
        #expect(delivered.body.channel == .webhook)
        #expect(delivered.body.latencySeconds == 99)
        #expect(delivered.common.unit == Story.unit)
        #expect(try await desk.turn() == 0, "once is enough")
        #expect(try await desk.counts()["deliveries.delivered"] == 1)
    }

    @Test("a receiver that fails for a simulated day gets the notice once when it is back")
    func simulatedDay() async throws {
        let back = Story.start + .seconds(100 + 86_400)
        let clock = Mutex<HandClock?>(nil)
        let receiver = ScriptedReceiver { _ in
            clock.withLock { $0?.now ?? Story.start } < back ? .down(mayHaveArrived: true) : .taken
        }
        let desk = try await Desk(receiver: receiver)
        clock.withLock { $0 = desk.clock }
        try await desk.apply(try Story(1).whole())
        try await desk.pass(.seconds(4 * 86_400), step: .seconds(60))
        #expect(Set(receiver.received.map(\.id)).count == 1, "always the same id")
        #expect(Set(receiver.received.map(\.body)).count == 1, "always the same body")
        #expect(Set(receiver.received.map(\.timestamp)).count == receiver.received.count, "each attempt its own time")
        let delivered = try await desk.events(NotificationDelivered.self)
        #expect(delivered.map(\.body.attempt) == [receiver.received.count])
        #expect(receiver.received.count < 10)
        #expect(try await desk.events(NotificationExhausted.self).isEmpty)
    }

    @Test("gives up after the schedule and says so")
    func exhausted() async throws {
        let receiver = ScriptedReceiver { _ in .down() }
        let desk = try await Desk(
            schedule: RetrySchedule(waits: [.zero, .seconds(5), .seconds(5)]), receiver: receiver)
        try await desk.apply(try Story(1).whole())
        try await desk.pass(.seconds(60), step: .seconds(1))
        #expect(receiver.received.count == 3)
        let exhausted = try await desk.events(NotificationExhausted.self)
        #expect(exhausted.map(\.body.attempts) == [3])
        #expect(exhausted.map(\.body.errorClass) == [.serverError])
        #expect(try await desk.state(of: Story(1)) == .exhausted)
    }

    @Test("waits as long as a receiver asks")
    func retryAfter() async throws {
        let receiver = ScriptedReceiver { _ in
            .failed(
                .init(
                    errorClass: .serverError, retryAfter: .seconds(120), mayHaveArrived: false, isReceiverDown: false,
                    name: "status-429"))
        }
        let desk = try await Desk(receiver: receiver)
        try await desk.apply(try Story(1).whole())
        try await desk.turn()
        desk.clock.move(.seconds(119))
        #expect(try await desk.turn() == 0)
        desk.clock.move(.seconds(30))
        #expect(try await desk.turn() == 1)
    }

    @Test("begins nothing on a view that is not fresh, and goes on when it is")
    func staleView() async throws {
        let fresh = Mutex(false)
        let receiver = ScriptedReceiver { _ in .taken }
        let desk = try await Desk(viewIsFresh: { _ in fresh.withLock { $0 } }, receiver: receiver)
        try await desk.apply(try Story(1).whole())
        #expect(try await desk.turn() == 0)
        #expect(receiver.received.isEmpty)
        fresh.withLock { $0 = true }
        #expect(try await desk.turn() == 1)
    }

    @Test("a view that grows old between the look and the check lets nothing begin")
    func staleInTheMoment() async throws {
        let asked = Mutex(0)
        let receiver = ScriptedReceiver { _ in .taken }
        let desk = try await Desk(
            viewIsFresh: { _ in
                asked.withLock { asked in
                    asked += 1
                    return asked == 1
                }
            }, receiver: receiver)
        try await desk.apply(try Story(1).whole())
        #expect(try await desk.turn() == 0)
        #expect(receiver.received.isEmpty)
        #expect(try await desk.counts()["attempts.made"] == 0)
    }

    @Test("an attempt that a crash cut off is made again under its id and number")
    func cutOff() async throws {
        let receiver = ScriptedReceiver { _ in .taken }
        let desk = try await Desk(receiver: receiver)
        try await desk.apply(try Story(1).whole())
        #expect(try await desk.courier.turn().count == 1, "begun and never sent, as when the process dies")
        #expect(try await desk.turn() == 0)
        try await desk.courier.recover()
        #expect(try await desk.turn() == 1)
        #expect(try await desk.events(NotificationDelivered.self).map(\.body.attempt) == [1])
        #expect(try await desk.counts()["attempts.made"] == 1)
    }

    @Test("a dead recipient never delays another, and is tried again when it may be back")
    func circuits() async throws {
        let dead = Mutex(true)
        let receiver = ScriptedReceiver { received in
            received.url.contains("dead") && dead.withLock { $0 } ? .down() : .taken
        }
        let desk = try await Desk(
            recipients: ["dead", "alive"], limits: Lanes.Limits(attemptsPerRecipientMax: 2, attemptsMax: 3),
            receiver: receiver)
        try await desk.apply([try Story.unitChanged()])
        let stories = (1...40).map { Story($0, recipient: $0 <= 20 ? "dead" : "alive") }
        for story in stories {
            try await desk.apply([
                try story.recipientChanged(revision: Int(story.child.bytes[7])), try story.given(),
                try story.requested(),
            ])
        }
        for _ in 0..<25 { try await desk.turn() }
        #expect(try await desk.counts()["deliveries.delivered"] == 20, "all of the living one's")
        let tried = receiver.received.count { $0.url.contains("dead") }
        #expect(tried <= Circuit.failuresMax + 1, "the circuit opened")
        dead.withLock { $0 = false }
        try await desk.pass(.seconds(600), step: .seconds(10))
        #expect(try await desk.counts()["deliveries.delivered"] == 40)
    }

    @Test("an endpoint that is gone is used no more until it has another address or is looked at again")
    func gone() async throws {
        let receiver = ScriptedReceiver { received in received.notice?.data.referenceNumber == "JH-1" ? .gone : .taken }
        let desk = try await Desk(receiver: receiver)
        try await desk.apply(try Story(1).whole())
        try await desk.turn()
        try await desk.apply([try Story(2).given(), try Story(2).requested()])
        desk.clock.move(.seconds(10_000))
        try await desk.turn()
        #expect(receiver.received.count == 1)
        #expect(try await desk.counts()["deliveries.held.endpoint-gone"] == 2)
        #expect(try await desk.events(NotificationExhausted.self).isEmpty)
        try await desk.apply([try Story(1).recipientChanged(revision: 2)])
        try await desk.turn()
        #expect(try await desk.state(of: Story(2)) == .delivered)
    }

    @Test("what is not known yet holds a delivery, with its reason, and lets it go when it comes")
    func held() async throws {
        let receiver = ScriptedReceiver { _ in .taken }
        let desk = try await Desk(receiver: receiver)
        let story = Story(1)
        let steps: [(Story.Record, String?)] = [
            (try story.requested(), "consent-missing"), (try story.given(complete: false), "consent-incomplete"),
            (try story.given(revision: 2), "unit-unknown"), (try Story.unitChanged(), "recipient-unknown"),
            (try story.recipientChanged(channels: [.mail]), "channel-missing"),
            (try story.recipientChanged(revision: 2), nil),
        ]
        for (record, reason) in steps {
            try await desk.apply([record])
            try await desk.turn()
            #expect(try await desk.heldBy(story) == reason)
        }
        #expect(receiver.received.count == 1)
        #expect(try await desk.state(of: story) == .delivered)
    }

    @Test("a recipient without an address in the settings waits, counted, and loses nothing")
    func endpointUnknown() async throws {
        let desk = try await Desk(recipients: [], receiver: ScriptedReceiver { _ in .taken })
        try await desk.apply(try Story(1).whole())
        try await desk.turn()
        #expect(try await desk.counts()["deliveries.held.endpoint-unknown"] == 1)
        #expect(try await desk.counts()["deliveries.waiting"] == 1)
    }

    @Test("a recipient with an inbox only is told there")
    func inboxOnly() async throws {
        let receiver = ScriptedReceiver { _ in .taken }
        let desk = try await Desk(recipients: [], receiver: receiver)
        let story = Story(1)
        try await desk.apply([
            try Story.unitChanged(), try story.recipientChanged(channels: [.inbox]), try story.given(),
            try story.requested(),
        ])
        try await desk.turn()
        #expect(receiver.received.isEmpty)
        #expect(try await desk.events(NotificationDelivered.self).map(\.body.channel) == [.inbox])
    }

    @Test("each attempt says the same, also when the telephone has changed since")
    func sameBody() async throws {
        let receiver = ScriptedReceiver { _ in .down() }
        let desk = try await Desk(receiver: receiver)
        try await desk.apply(try Story(1).whole())
        try await desk.turn()
        try await desk.apply([try Story.unitChanged(phone: "+46 63 99 99 99", revision: 2)])
        desk.clock.move(.seconds(60))
        try await desk.turn()
        #expect(receiver.received.count == 2)
        #expect(Set(receiver.received.map(\.body)).count == 1)
    }
}
