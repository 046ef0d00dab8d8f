import Events
import Foundation
import Kafka
import Runtime
import Store
import Support
import Testing

@testable import Delivery

/// Records that come again while they are parked, or after a person has decided about them.
@Suite("Records that come again")
struct ComingAgainTests {
    let anna = ChildID(UUID(high: 1, low: 1, version: 4))
    let recovering = Recovering(
        service: .referralRouter, names: TopicNames(prefix: ""), time: .system, operatorName: "test")

    private func refusingBench(service: ServiceName = .referralRouter) async throws -> Bench {
        try await Bench(service: service) { event, _ in
            event.envelope.subject == "bad" ? .refuse(reason: "test") : .done(changes: [event.envelope.subject])
        }
    }

    private func commands(_ bench: Bench) -> ParkedCommands {
        ParkedCommands(
            store: bench.temporary.store, names: TopicNames(prefix: ""), time: .system, operatorName: "test")
    }

    @Test("a topic that is read again leaves parked records as they are", arguments: [true, false])
    func reread(orderMatters: Bool) async throws {
        let bench = try await refusingBench(service: orderMatters ? .referralRouter : .reporting)
        var log = LogOfOnePartition(.agreements)
        let malformed = ConsumedRecord(
            topicPartition: TopicPartition(topic: Topic.agreements.name(), partition: 0), offset: 4, key: nil,
            value: [1],
            headers: [])
        let records = [
            log.record(child: anna, subject: "a1"), log.record(child: anna, subject: "bad"),
            log.record(child: anna, subject: "a2"), log.record(child: anna, subject: "a3"), malformed,
        ]
        try await bench.apply(records)
        let (parked, applied) = (try await bench.parked(), try await bench.applied())
        let recovering = self.recovering
        let decided = try await bench.temporary.store.write { try recovering.reread("agreements", in: $0) }
        #expect(decided.exitCode == 0)
        try await bench.apply(records)
        #expect(try await bench.parked() == parked)
        #expect(try await bench.applied() == applied)
    }

    @Test("another record at a parked one's place in a topic made anew is parked beside it")
    func samePlace() async throws {
        let bench = try await refusingBench()
        var old = LogOfOnePartition(.agreements)
        try await bench.apply([old.record(child: anna, subject: "bad")])
        let recovering = self.recovering
        _ = try await bench.temporary.store.write { try recovering.reread("agreements", in: $0) }
        var new = LogOfOnePartition(.agreements)
        try await bench.apply([new.record(child: anna, subject: "a2")])
        #expect(try await bench.parked() == ["refused", "behind"])
    }

    @Test("a record refused at the place of an earlier one, in a topic made anew, is told to ops too")
    func samePlaceTold() async throws {
        let bench = try await refusingBench(service: .reporting)
        var old = LogOfOnePartition(.agreements)
        try await bench.apply([old.record(child: anna, subject: "bad")])
        let recovering = self.recovering
        _ = try await bench.temporary.store.write { try recovering.reread("agreements", in: $0) }
        var new = LogOfOnePartition(.agreements)
        try await bench.apply([new.record(child: anna, subject: "bad", revision: 2)])
        #expect(try await bench.parked() == ["refused", "refused"])
        #expect(try await bench.said() == ["reporting.dead-letter", "reporting.dead-letter"])
    }

    @Test("a record that its writer publishes again while it is parked waits once")
    func publishedAgain() async throws {
        let bench = try await refusingBench()
        var log = LogOfOnePartition(.agreements)
        let id = UUID()
        try await bench.apply([
            log.record(child: anna, subject: "bad", id: id), log.record(child: anna, subject: "bad", id: id),
        ])
        #expect(try await bench.parked() == ["refused"])
    }

    @Test("a discarded record stays discarded when it comes again")
    func discardedForGood() async throws {
        let mended = StopSignal()
        let bench = try await Bench { event, _ in
            mended.isStopping ? .done(changes: [event.envelope.subject]) : .refuse(reason: "test")
        }
        var log = LogOfOnePartition(.agreements)
        let id = UUID()
        try await bench.apply([log.record(child: anna, subject: "bad", id: id)])
        #expect(try await commands(bench).discard(1, reason: "test data").exitCode == 0)
        mended.stop()
        let tally = try await bench.apply([log.record(child: anna, subject: "bad", id: id)])
        #expect(tally.repeated == 1)
        #expect(try await bench.applied() == [])
    }

    @Test("the number of a parked record is never given to another one")
    func numbersOnce() async throws {
        let bench = try await refusingBench()
        var log = LogOfOnePartition(.agreements)
        try await bench.apply([log.record(child: anna, subject: "bad")])
        #expect(try await commands(bench).discard(1, reason: "test data").exitCode == 0)
        try await bench.apply([log.record(child: anna, subject: "bad", revision: 2)])
        #expect(try await commands(bench).show(1) == .noSuchRecord)
        #expect(try await commands(bench).show(2).exitCode == 0)
    }

    @Test("a record that waited by itself and is then refused gets its notice, once")
    func lateNotice() async throws {
        let bench = try await Bench { event, before in
            switch event.envelope.subject {
            case "needs" where before == 0: .tooEarly(awaiting: AwaitedSubject("thing"))
            case "thing": .done(changes: ["thing"], releases: [AwaitedSubject("thing")])
            default: .refuse(reason: "test")
            }
        }
        var log = LogOfOnePartition(.agreements)
        let bo = ChildID(UUID(high: 2, low: 2, version: 4))
        try await bench.apply([log.record(child: anna, subject: "needs"), log.record(child: bo, subject: "thing")])
        try await bench.redriveReady()
        #expect(try await bench.parked() == ["refused"])
        #expect(try await commands(bench).makeReady(1) == nil)
        try await bench.redriveReady()
        #expect(try await bench.said() == ["referral-router.dead-letter"])
    }

    @Test("waiting for something outside, or for room, leaves nothing in hand; a fault does")
    func inHandAfterFailure() async throws {
        let bench = try await Bench { event, _ in
            event.envelope.subject == "later" ? .tryLater(reason: "test") : .done(changes: [event.envelope.subject])
        }
        let note = try InHand(path: bench.temporary.directory.file("in-hand"))
        var log = LogOfOnePartition(.agreements)
        let later = log.record(child: anna, subject: "later")
        await #expect(throws: TryLater.self) { try await bench.apply([later]) }
        #expect(note.leftBehind() == nil)
        _ = try await bench.temporary.store.write { try $0.execute("DROP TABLE applied") }
        let fault = log.record(child: anna, subject: "fault")
        await #expect(throws: StoreFailure.self) { try await bench.apply([fault]) }
        #expect(note.leftBehind()?.offset == 1)
    }

    @Test("whoever must not act on half of what is known of a child sees that a record of it waits")
    func waitingRecords() async throws {
        let bench = try await refusingBench()
        var log = LogOfOnePartition(.agreements)
        let (anna, bo) = (self.anna, ChildID(UUID(high: 2, low: 2, version: 4)))
        try await bench.apply([log.record(child: anna, subject: "bad"), log.record(child: bo, subject: "b1")])
        func waits(_ child: ChildID, on topics: Set<Events.Topic>) async throws -> Bool {
            try await bench.temporary.store.read { try WaitingRecords.exist(of: child, on: topics, in: $0) }
        }
        #expect(try await waits(anna, on: [.consents, .agreements]))
        #expect(try await !waits(anna, on: [.consents]))
        #expect(try await !waits(bo, on: [.agreements]))
    }
}
