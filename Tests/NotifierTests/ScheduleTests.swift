import Runtime
import Testing

@testable import Notifier

@Suite("When a delivery is attempted again")
struct ScheduleTests {
    @Test("after the schedule's waits, a fifth later at most")
    func waits() {
        let now = Story.start
        let waits: [Double] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]
        for (attempts, wait) in zip(1..., waits) {
            let early = RetrySchedule.standard.next(afterAttempts: attempts, at: now, retryAfter: nil, jitter: 0)
            let late = RetrySchedule.standard.next(afterAttempts: attempts, at: now, retryAfter: nil, jitter: 0.999)
            #expect(early.map { ($0 - now).inSeconds } == wait)
            #expect((late.map { ($0 - now).inSeconds } ?? 0) < wait * 1.2)
        }
        #expect(RetrySchedule.standard.next(afterAttempts: 10, at: now, retryAfter: nil, jitter: 0) == nil)
    }

    @Test("not before a receiver asks, and not for ever")
    func retryAfter() {
        let schedule = RetrySchedule(waits: [.zero, .seconds(10)])
        func wait(_ asked: Duration?) -> Duration? {
            schedule.next(afterAttempts: 1, at: Story.start, retryAfter: asked, jitter: 0).map { $0 - Story.start }
        }
        #expect(wait(.seconds(3)) == .seconds(10))
        #expect(wait(.seconds(30)) == .seconds(30))
        #expect(wait(.seconds(10_000_000)) == .seconds(86_400))
    }

    @Test("Retry-After is seconds or a date")
    func header() {
        let now = Timestamp(rfc3339: "2026-11-24T08:00:00Z")!
        #expect(RetryAfter.wait("120", at: now) == .seconds(120))
        #expect(RetryAfter.wait("Tue, 24 Nov 2026 08:02:00 GMT", at: now) == .seconds(120))
        #expect(RetryAfter.wait("Tue, 24 Nov 2026 07:00:00 GMT", at: now) == .zero)
        for text in ["", "-1", "soon", "1.5", "99999999999"] { #expect(RetryAfter.wait(text, at: now) == nil) }
    }
}

@Suite("A recipient's circuit")
struct CircuitTests {
    @Test("opens after failures in a row, lets one through, and closes when that one succeeds")
    func course() {
        var circuit = Circuit()
        var now = Story.start
        for _ in 1..<Circuit.failuresMax { circuit.failed(at: now, jitter: 0.5) }
        #expect(circuit.slots(at: now, underWay: 1, attemptsMax: 4) == 3)
        circuit.failed(at: now, jitter: 0.5)
        #expect(circuit.isOpen(at: now))
        #expect(circuit.slots(at: now, underWay: 0, attemptsMax: 4) == 0)
        now = now + .seconds(30)
        #expect(circuit.slots(at: now, underWay: 0, attemptsMax: 4) == 1, "one probe")
        #expect(circuit.slots(at: now, underWay: 1, attemptsMax: 4) == 0, "and no more beside it")
        circuit.failed(at: now, jitter: 0.5)
        #expect(circuit.isOpen(at: now + .seconds(40)), "longer each time")
        circuit.succeeded()
        #expect(circuit.slots(at: now, underWay: 0, attemptsMax: 4) == 4)
    }

    @Test("slots go round: a recipient with much under way waits for those with little")
    func fairness() {
        let lanes = Lanes(limits: Lanes.Limits(attemptsPerRecipientMax: 4, attemptsMax: 6))
        for _ in 0..<3 { lanes.began("busy") }
        #expect(lanes.slots(for: ["busy", "calm"], at: Story.start) == ["calm": 2, "busy": 1])
        for _ in 0..<3 { lanes.began("calm") }
        #expect(lanes.slots(for: ["busy", "calm"], at: Story.start) == [:])
    }
}
