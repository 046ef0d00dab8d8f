import Kafka
import Runtime
import Testing

@testable import Delivery

/// How fresh the view of watched topics is.
@Suite("Seen ends")
struct SeenEndsTests {
    static let place = TopicPartition(topic: "consents", partition: 0)
    static let asked = Timestamp(milliseconds: 1_000_000)

    private func seen(at ends: Int64 = 5, next: Int64) -> SeenEnds {
        let seenEnds = SeenEnds()
        seenEnds.ask([Self.place: ends], askedAt: Self.asked)
        seenEnds.applied(next: [Self.place: next])
        return seenEnds
    }

    @Test("is as new as the question, once everything before the ends is applied")
    func answered() {
        #expect(seen(next: 4).seenAt == nil)
        #expect(seen(next: 5).seenAt == Self.asked)
        #expect(seen(next: 5).isFresh(at: Self.asked + .seconds(60), within: .seconds(60)))
        #expect(!seen(next: 5).isFresh(at: Self.asked + .milliseconds(60_001), within: .seconds(60)))
    }

    @Test("is not fresh to a clock that was set back")
    func clockSetBack() {
        #expect(!seen(next: 5).isFresh(at: Timestamp(milliseconds: 999_999), within: .seconds(60)))
    }

    @Test("keeps a question until it is answered: records that flow on don't push the answer away")
    func questionStays() {
        let seenEnds = SeenEnds()
        seenEnds.ask([Self.place: 5], askedAt: Self.asked)
        seenEnds.ask([Self.place: 50], askedAt: Self.asked + .seconds(5))
        seenEnds.applied(next: [Self.place: 6])
        #expect(seenEnds.seenAt == Self.asked)
    }
}
