import Events
import Foundation
import Runtime
import Store
import Testing

@testable import Notifier

@Suite("What is taken back")
struct RecallTests {
    @Test("a withdrawal before the attempt: nothing is sent")
    func before() async throws {
        let receiver = ScriptedReceiver { _ in .taken }
        let desk = try await Desk(receiver: receiver)
        let story = Story(1)
        try await desk.apply(try story.whole() + [try story.withdrawn()])
        try await desk.turn()
        #expect(receiver.received.isEmpty)
        #expect(try await desk.counts()["deliveries.withdrawn-before"] == 1)
    }

    @Test("a withdrawal between attempts: no further one begins")
    func between() async throws {
        let receiver = ScriptedReceiver { _ in .down() }
        let desk = try await Desk(receiver: receiver)
        let story = Story(1)
        try await desk.apply(try story.whole())
        try await desk.turn()
        try await desk.apply([try story.withdrawn()])
        try await desk.pass(.seconds(86_400), step: .seconds(600))
        #expect(receiver.received.count == 1)
        #expect(try await desk.state(of: story) == .stopped)
        #expect(try await desk.state(.recalled, of: story) == nil, "a plain 'no' leaves nothing to recall")
    }

    @Test("a withdrawal after the delivery: the recipient is told, under an id of its own", arguments: [true, false])
    func after(byConsent: Bool) async throws {
        let receiver = ScriptedReceiver { _ in .taken }
        let desk = try await Desk(receiver: receiver)
        let story = Story(1)
        try await desk.apply(try story.whole())
        try await desk.turn()
        try await desk.apply([byConsent ? try story.withdrawn() : try story.changed(to: .cancelled)])
        try await desk.turn()
        #expect(receiver.received.map { $0.notice?.type } == ["referral.requested", "referral.recalled"])
        #expect(receiver.received[1].id == Notice.recalled.delivery(of: story.referral).text)
        let time = Story.start + .seconds(byConsent ? 60 : 70)
        #expect(receiver.received[1].notice?.timestamp == time)
        #expect(try await desk.said() == ["notification.delivered"], "a recall is no second delivery")
        #expect(try await desk.counts()["recalls.delivered"] == 1)
        try await desk.apply([byConsent ? try story.changed(to: .cancelled) : try story.withdrawn()])
        try await desk.turn()
        #expect(receiver.received.count == 2, "told once")
    }

    @Test("a withdrawal while the attempt is under way: the recipient is told afterwards")
    func during() async throws {
        let receiver = ScriptedReceiver { _ in .taken }
        let desk = try await Desk(receiver: receiver)
        let story = Story(1)
        try await desk.apply(try story.whole())
        let attempts = try await desk.courier.turn()
        try await desk.apply([try story.withdrawn()])
        for attempt in attempts { try await desk.courier.perform(attempt, until: StopSignal()) }
        try await desk.turn()
        #expect(receiver.received.map { $0.notice?.type } == ["referral.requested", "referral.recalled"])
    }

    @Test("a withdrawal while an attempt was cut off by a crash: no attempt begins, the recipient is told")
    func duringCrash() async throws {
        let receiver = ScriptedReceiver { _ in .taken }
        let desk = try await Desk(receiver: receiver)
        let story = Story(1)
        try await desk.apply(try story.whole())
        _ = try await desk.courier.turn()
        try await desk.apply([try story.withdrawn()])
        try await desk.courier.recover()
        try await desk.turn()
        #expect(receiver.received.map { $0.notice?.type } == ["referral.recalled"])
        #expect(try await desk.state(of: story) == .stopped)
    }

    @Test("what ended in the municipality is neither told of again nor recalled")
    func closed() async throws {
        let receiver = ScriptedReceiver { _ in .taken }
        let desk = try await Desk(receiver: receiver)
        let story = Story(1)
        try await desk.apply(try story.whole())
        try await desk.turn()
        try await desk.apply([try story.changed(to: .completed, closing: .done)])
        try await desk.turn()
        #expect(receiver.received.count == 1)
    }

    @Test("a recall that can't be delivered is given up aloud")
    func exhaustedRecall() async throws {
        let receiver = ScriptedReceiver { received in
            received.notice?.type == "referral.recalled" ? .down() : .taken
        }
        let desk = try await Desk(schedule: RetrySchedule(waits: [.zero, .seconds(1)]), receiver: receiver)
        let story = Story(1)
        try await desk.apply(try story.whole())
        try await desk.turn()
        try await desk.apply([try story.withdrawn()])
        try await desk.pass(.seconds(10), step: .seconds(1))
        #expect(
            try await desk.events(NotificationExhausted.self).map(\.body.delivery)
                == [Notice.recalled.delivery(of: story.referral)])
    }
}
