import Events
import Foundation
import Kafka
import Runtime
import Store
import Support
import Testing

@testable import Delivery

/// What becomes of records, on a real store.
@Suite("Applying records")
struct ApplyingTests {
    let anna = ChildID(UUID(high: 1, low: 1, version: 4))
    let bo = ChildID(UUID(high: 2, low: 2, version: 4))

    @Test("an id is applied once, however often it comes")
    func sameID() async throws {
        let bench = try await Bench()
        var log = LogOfOnePartition(.agreements)
        let id = UUID()
        let records = [log.record(child: anna, subject: "s", id: id), log.record(child: anna, subject: "s", id: id)]
        let tally = try await bench.apply(records)
        #expect(tally.done == 1 && tally.repeated == 1)
        #expect(try await bench.applied() == ["s"])
    }

    @Test("a fact's revision is applied once, even under another id; an older one changes nothing")
    func sameFact() async throws {
        let bench = try await Bench()
        var log = LogOfOnePartition(.agreements)
        try await bench.apply([
            log.record(child: anna, subject: "s", revision: 2), log.record(child: anna, subject: "s", revision: 2),
            log.record(child: anna, subject: "s", revision: 1), log.record(child: anna, subject: "s", revision: 3),
        ])
        #expect(try await bench.applied() == ["s", "s"])
    }

    @Test("a refused record parks, its key's later records wait behind it, another key's don't")
    func parkingKeepsOrder() async throws {
        let bench = try await Bench { event, _ in
            event.envelope.subject == "bad" ? .refuse(reason: "test") : .done(changes: [event.envelope.subject])
        }
        var log = LogOfOnePartition(.agreements)
        try await bench.apply([
            log.record(child: anna, subject: "bad"), log.record(child: anna, subject: "a2"),
            log.record(child: bo, subject: "b1"), log.record(child: anna, subject: "a3"),
        ])
        #expect(try await bench.applied() == ["b1"])
        #expect(try await bench.parked() == ["refused", "behind", "behind"])
        #expect(
            try await bench.said() == ["referral-router.dead-letter"], "one notice, for the one that needs a person")
    }

    @Test("without savepoints a batch is applied as with them, and undone whole when something has to be parked")
    func withoutIsolation() async throws {
        let bench = try await Bench { event, _ in
            event.envelope.subject == "bad" ? .refuse(reason: "test") : .done(changes: [event.envelope.subject])
        }
        var log = LogOfOnePartition(.agreements)
        let id = UUID()
        let good = [log.record(child: anna, subject: "a1", id: id), log.record(child: anna, subject: "a1", id: id)]
        let tally = try await bench.apply(good, isolating: false)
        #expect(tally.done == 1 && tally.repeated == 1)
        let mixed = [log.record(child: bo, subject: "b1"), log.record(child: anna, subject: "bad")]
        await #expect(throws: NeedsIsolation.self) { try await bench.apply(mixed, isolating: false) }
        #expect(try await bench.applied() == ["a1"])
        let note = try InHand(path: bench.temporary.directory.file("in-hand"))
        #expect(note.leftBehind() == nil, "being undone is no death of the record")
        try await bench.apply(mixed)
        #expect(try await bench.applied() == ["a1", "b1"])
        #expect(try await bench.parked() == ["refused"])
    }

    @Test("where order doesn't matter nothing waits behind a parked record")
    func orderFree() async throws {
        let bench = try await Bench(service: .reporting) { event, _ in
            event.envelope.subject == "bad" ? .refuse(reason: "test") : .done(changes: [event.envelope.subject])
        }
        var log = LogOfOnePartition(.agreements)
        try await bench.apply([log.record(child: anna, subject: "bad"), log.record(child: anna, subject: "a2")])
        #expect(try await bench.applied() == ["a2"])
        #expect(try await bench.parked() == ["refused"])
    }

    @Test("a child's key in upper case is refused: it would be another line to wait in")
    func upperCaseKey() async throws {
        let bench = try await Bench()
        var log = LogOfOnePartition(.agreements)
        let child = ChildID(UUID(high: 0xABCD, low: 0xEF, version: 4))
        let upper = child.text.uppercased()
        try await bench.apply([
            log.record(child: child, subject: "a1", key: Array(upper.utf8), partitionKey: upper),
            log.record(child: child, subject: "a2"),
        ])
        #expect(try await bench.applied() == ["a2"])
        let reasons = try await bench.temporary.store.read { scope in
            try scope.all("SELECT reason, child FROM parked") { "\($0.text(0)) \(try $0.uuidIfAny(1) == nil)" }
        }
        #expect(reasons == ["key-is-no-child true"])
    }

    @Test("a redrive puts a parked record and those behind it through in order")
    func redrive() async throws {
        let mended = Mended()
        let bench = try await Bench { event, _ in
            event.envelope.subject == "bad" && !mended.isMended
                ? .refuse(reason: "test") : .done(changes: [event.envelope.subject])
        }
        var log = LogOfOnePartition(.agreements)
        try await bench.apply([
            log.record(child: anna, subject: "bad"), log.record(child: anna, subject: "a2"),
            log.record(child: anna, subject: "a3"),
        ])
        let commands = ParkedCommands(
            store: bench.temporary.store, names: TopicNames(prefix: ""), time: .system, operatorName: "test")
        #expect(try await commands.makeReady(2)?.exitCode == 65, "only the first of a key can go")
        #expect(try await commands.makeReady(1) == nil)
        try await bench.redriveReady()
        #expect(try await bench.parked() == ["refused", "behind", "behind"], "still refused, still in order")
        mended.mend()
        #expect(try await commands.makeReady(1) == nil)
        try await bench.redriveReady()
        #expect(try await bench.applied() == ["bad", "a2", "a3"])
        #expect(try await bench.parked() == [])
    }

    @Test("a discarded record lets those behind it go, and leaves an audit row with its reason")
    func discard() async throws {
        let bench = try await Bench { event, _ in
            event.envelope.subject == "bad" ? .refuse(reason: "test") : .done(changes: [event.envelope.subject])
        }
        var log = LogOfOnePartition(.agreements)
        try await bench.apply([log.record(child: anna, subject: "bad"), log.record(child: anna, subject: "a2")])
        let commands = ParkedCommands(
            store: bench.temporary.store, names: TopicNames(prefix: ""), time: .system, operatorName: "ops-anna")
        #expect(try await commands.discard(1, reason: "test data").exitCode == 0)
        try await bench.redriveReady()
        #expect(try await bench.applied() == ["a2"])
        let rows = try await bench.temporary.store.read { scope in
            try scope.all("SELECT caller, action, reason FROM audit") { [$0.text(0), $0.text(1), $0.text(2)] }
        }
        #expect(rows == [["ops-anna", "parked.discarded", "test data"]])
    }

    @Test("an early record goes through by itself when its subject is released, with those behind it")
    func early() async throws {
        let bench = try await Bench { event, before in
            switch event.envelope.subject {
            case "needs" where before == 0: .tooEarly(awaiting: AwaitedSubject("thing"))
            case "thing": .done(changes: ["thing"], releases: [AwaitedSubject("thing")])
            default: .done(changes: [event.envelope.subject])
            }
        }
        var log = LogOfOnePartition(.agreements)
        try await bench.apply([
            log.record(child: anna, subject: "needs"), log.record(child: anna, subject: "later"),
            log.record(child: bo, subject: "thing"),
        ])
        #expect(try await bench.parked() == ["ready", "behind"])
        try await bench.redriveReady()
        #expect(try await bench.applied() == ["thing", "needs", "later"])
        #expect(try await bench.said() == [], "what goes on by itself is nobody's dead letter")
    }

    @Test("a type of a future release waits and goes on after an upgrade; it is never skipped")
    func unknownType() async throws {
        let bench = try await Bench()
        var log = LogOfOnePartition(.agreements)
        try await bench.apply([
            log.record(child: anna, subject: "f", ceType: "barnsakert.conversation.dreamt.v1"),
            log.record(child: anna, subject: "a2"),
        ])
        #expect(try await bench.parked() == ["unknown-type", "behind"])
        try await bench.temporary.store.write {
            try ParkedRecords.releaseTypes(["barnsakert.conversation.dreamt.v1"], in: $0)
        }
        #expect(try await bench.parked() == ["ready", "behind"])
    }

    @Test(
        "a malformed record parks with its reason and the rest of the partition flows",
        arguments: ["no headers", "no value", "other key", "no child"])
    func malformed(kind: String) async throws {
        let bench = try await Bench()
        var log = LogOfOnePartition(.agreements)
        let good = log.record(child: anna, subject: "x")
        let record: ConsumedRecord =
            switch kind {
            case "no headers":
                ConsumedRecord(
                    topicPartition: good.topicPartition, offset: 0, key: good.key, value: good.value, headers: [])
            case "no value":
                ConsumedRecord(
                    topicPartition: good.topicPartition, offset: 0, key: good.key, value: nil, headers: good.headers)
            case "other key":
                ConsumedRecord(
                    topicPartition: good.topicPartition, offset: 0, key: Array(bo.text.utf8), value: good.value,
                    headers: good.headers)
            default:
                ConsumedRecord(
                    topicPartition: good.topicPartition, offset: 0, key: nil, value: good.value, headers: good.headers)
            }
        try await bench.apply([record, log.record(child: bo, subject: "after", key: nil)])
        #expect(try await bench.parked().first == "refused")
        #expect(try await bench.applied().last == (kind == "other key" ? nil : "after"))
    }

    @Test("a batch is applied whole or not at all: a wait for something outside undoes it")
    func tryLater() async throws {
        let bench = try await Bench { event, _ in
            event.envelope.subject == "later" ? .tryLater(reason: "test") : .done(changes: [event.envelope.subject])
        }
        var log = LogOfOnePartition(.agreements)
        let records = [log.record(child: anna, subject: "a1"), log.record(child: anna, subject: "later")]
        await #expect(throws: TryLater.self) { try await bench.apply(records) }
        #expect(try await bench.applied() == [])
    }

    @Test("a gap in the offsets of a child-keyed topic is a fault; the store does not move")
    func gap() async throws {
        let bench = try await Bench()
        var log = LogOfOnePartition(.agreements)
        try await bench.apply([log.record(child: anna, subject: "a1")])
        _ = log.record(child: anna, subject: "lost")
        let afterGap = log.record(child: anna, subject: "a3")
        await #expect(throws: StoreFailure.self) { try await bench.apply([afterGap]) }
        #expect(try await bench.applied() == ["a1"])
    }

    @Test("a record in whose handling the process died three times is parked; the rest flows")
    func deaths() async throws {
        let bench = try await Bench()
        var log = LogOfOnePartition(.agreements)
        let deadly = InHand.Place(topic: "agreements", partition: 0, offset: 0)
        let records = [log.record(child: anna, subject: "deadly"), log.record(child: bo, subject: "b1")]
        for _ in 0..<Deaths.max { try await bench.temporary.store.write { try Deaths.count(deadly, in: $0) } }
        let suspects = try await bench.temporary.store.read { try Deaths.suspects(in: $0) }
        #expect(suspects == [deadly: 3])
        try await bench.apply(records, suspects: suspects)
        #expect(try await bench.parked() == ["died"])
        #expect(try await bench.applied() == ["b1"])
        #expect(try await bench.temporary.store.read { try Deaths.suspects(in: $0) } == [:])
    }

    @Test("the record in hand is found again after the process is gone")
    func inHand() throws {
        let directory = try TemporaryDirectory()
        let place = InHand.Place(topic: "answers", partition: 4, offset: 12345)
        try InHand(path: directory.file("in-hand")).take(place)
        let after = try InHand(path: directory.file("in-hand"))
        #expect(after.leftBehind() == place)
        after.putDown()
        #expect(try InHand(path: directory.file("in-hand")).leftBehind() == nil)
    }

    @Test("a failing disk is no death of the record in hand, a handler's own failure is")
    func failingDisk() async throws {
        for (failure, isDeath) in [(SQLiteCode.ioError.failure, false), (SQLiteCode.misuse.failure, true)] {
            let bench = try await Bench(applying: { throw failure })
            var log = LogOfOnePartition(.agreements)
            let record = log.record(child: anna, subject: "a1")
            await #expect(throws: StoreFailure.self) { try await bench.apply([record]) }
            let left = try InHand(path: bench.temporary.directory.file("in-hand")).leftBehind()
            #expect((left != nil) == isDeath, "\(failure)")
        }
    }

    @Test("a note that isn't whole, or that an earlier release wrote as text, is taken for none")
    func inHandTorn() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("in-hand")
        try InHand(path: path).take(InHand.Place(topic: "answers", partition: 4, offset: 12345))
        var bytes = try Data(contentsOf: URL(filePath: path))
        bytes[0] = 0
        try bytes.write(to: URL(filePath: path))
        #expect(try InHand(path: path).leftBehind() == nil)
        try Data("answers 4 12345".utf8).write(to: URL(filePath: path))
        #expect(try InHand(path: path).leftBehind() == nil)
    }

    @Test("every table of Delivery has a rule for erasing")
    func erasure() async throws {
        let bench = try await Bench()
        let erasure = Erasure(
            DeliveryTables.rules + [
                AuditTrail.rule, .aboutChild("applied", delete: "DELETE FROM applied WHERE child = ?"),
            ])
        #expect(try await bench.temporary.store.read { try erasure.faults(in: $0) } == [])
    }
}

/// A fault that a test mends while the service runs.
private final class Mended: Sendable {
    private let state = StopSignal()
    var isMended: Bool { state.isStopping }
    func mend() { state.stop() }
}
