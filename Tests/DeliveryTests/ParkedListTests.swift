import Events
import Foundation
import Kafka
import Runtime
import Store
import Support
import Testing

@testable import Delivery

@Suite("The list of parked records")
struct ParkedListTests {
    private let anna = ChildID(UUID(high: 1, low: 1, version: 4))

    private func child(_ number: Int) -> ChildID { ChildID(UUID(high: 2, low: UInt64(number), version: 4)) }

    @Test("shows those that wait for a person first, sums up the others, and says what it leaves out")
    func lines() async throws {
        let bench = try await Bench { event, _ in
            switch event.envelope.subject {
            case "bad": .refuse(reason: "test")
            case let subject where subject.hasPrefix("instrument"): .tooEarly(awaiting: AwaitedSubject(subject))
            default: .done()
            }
        }
        var log = LogOfOnePartition(.agreements)
        let early = (0..<5).map { log.record(child: child($0), subject: $0 < 3 ? "instrument:A:1" : "instrument:B:1") }
        let refused = [
            log.record(child: anna, subject: "bad"), log.record(child: anna, subject: "a2"),
            log.record(child: anna, subject: "a3"), log.record(child: child(9), subject: "bad"),
        ]
        let unknown = log.record(child: child(10), subject: "s", ceType: "barnsakert.of.tomorrow")
        try await bench.apply(early + refused + [unknown])
        let store = bench.temporary.store
        let all = try await store.read { try ParkedList.lines(in: $0) }
        let since = "since \(Bench.now)"
        let conversation = EventType.conversationRecorded.ceType
        #expect(
            all == [
                "6 refused agreements/0@5 \(conversation) test \(since)",
                "9 refused agreements/0@8 \(conversation) test \(since)",
                "10 unknown-type agreements/0@9 barnsakert.of.tomorrow type-unknown \(since)",
                "3 early awaiting instrument:A:1, the first 1 \(since)",
                "2 early awaiting instrument:B:1, the first 4 \(since)",
                "2 behind an earlier one of their key, the first 7 \(since)",
            ])
        let cut = try await store.read { try ParkedList.lines(in: $0, linesMax: 1) }
        #expect(
            cut == [
                all[0], "2 more refused, died or of an unknown type", all[3], "1 more awaited subjects", all[5],
            ])
    }
}
