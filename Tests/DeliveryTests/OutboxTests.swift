import Events
import Foundation
import Runtime
import Store
import Support
import Telemetry
import Testing

@testable import Delivery

/// The journal, its marks and its bound, on a real store.
@Suite("Outbox")
struct OutboxTests {
    static let topics: [Topic] = [.answers, .children]
    let anna = ChildID(UUID(high: 1, low: 1, version: 4))

    private func store() async throws -> TemporaryStore {
        let temporary = try await TemporaryStore(migrations: DeliveryTables.migrations)
        _ = try await temporary.store.write { try StoreIdentity.load(place: "test", ids: .system, in: $0) }
        return temporary
    }

    private func say(_ subject: String, about child: ChildID?, in store: Store) async throws {
        let outbox = Outbox(service: .intake, region: "23")
        let saying = Saying(
            type: .answersSubmitted, subject: subject, key: "k", child: child, revision: 1, value: Array("{}".utf8))
        let cause = Cause(trigger: .write(UUID()), time: Bench.now, traceparent: nil)
        _ = try await store.write { try outbox.say(saying, because: cause, now: Bench.now, in: $0) }
    }

    private func marks(in store: Store) async throws -> PublishedMarks {
        try await store.read { try PublishedMarks.load(topics: Self.topics, in: $0) }
    }

    @Test("what is said after the last rows were erased is still published")
    func saidAfterErasure() async throws {
        let temporary = try await store()
        try await say("a", about: anna, in: temporary.store)
        try await say("b", about: anna, in: temporary.store)
        let before = try await marks(in: temporary.store)
        let published = PublishedMarks(published: [.answers: 2, .children: 2], stopped: [:])
        try await temporary.store.write { try published.save(over: before, in: $0) }
        let erasure = Erasure(DeliveryTables.rules)
        let anna = self.anna.uuid
        try await temporary.store.write { transaction in _ = try erasure.erase(child: anna, in: transaction) }
        try await say("erased", about: nil, in: temporary.store)
        let position = try await marks(in: temporary.store).position
        let due = try await temporary.store.read { scope in
            try Outbox(service: .intake, region: "23")
                .entries(after: position, rowsMax: 10, bytesMax: 1 << 20, from: scope).map(\.envelope.subject)
        }
        #expect(due == ["erased"])
    }

    @Test("an id that was told before is the one under which it is said; what follows from something else has another")
    func named() async throws {
        let temporary = try await store()
        let outbox = Outbox(service: .intake, region: "23")
        let saying = Saying(
            type: .answersSubmitted, subject: "a", key: "k", child: anna, revision: 1, value: Array("{}".utf8))
        let cause = Cause(trigger: .write(UUID()), time: Bench.now, traceparent: nil)
        let other = Cause(trigger: .record(UUID()), time: Bench.now, traceparent: nil)
        let (named, id) = outbox.named(saying, because: cause)
        #expect(id == outbox.id(of: saying, because: cause))
        let followed = named.following(from: other)
        #expect(followed.id == nil && outbox.id(of: followed, because: cause) == outbox.id(of: saying, because: other))
        let said = try await temporary.store.write { transaction in
            [
                try outbox.say(named, because: cause, now: Bench.now, in: transaction),
                try outbox.say(followed, because: cause, now: Bench.now, in: transaction),
                // The same saying from the same cause, whether or not its id was told.
                try outbox.say(saying, because: cause, now: Bench.now, in: transaction),
            ]
        }
        #expect(said == [id, outbox.id(of: saying, because: other), id])
        let journal = try await temporary.store.read { scope in
            try outbox.entries(after: 0, rowsMax: 10, bytesMax: 1 << 20, from: scope).map(\.envelope.id)
        }
        #expect(journal == Array(said.prefix(2)))
    }

    @Test("a mark that a command moved back while a chunk was on its way stays back")
    func movedBackMeanwhile() async throws {
        let temporary = try await store()
        let start = try await marks(in: temporary.store)
        let first = PublishedMarks(published: [.answers: 5, .children: 5], stopped: [.children: "REFUSED"])
        try await temporary.store.write { try first.save(over: start, in: $0) }
        #expect(try await marks(in: temporary.store) == first)
        try await temporary.store.write { transaction in
            try transaction.execute("UPDATE watermark SET published = 0 WHERE topic = 'answers'")
            try transaction.execute("UPDATE watermark SET stopped = NULL WHERE topic = 'children'")
        }
        let next = PublishedMarks(published: [.answers: 9, .children: 9], stopped: [.children: "REFUSED"])
        try await temporary.store.write { try next.save(over: first, in: $0) }
        #expect(
            try await marks(in: temporary.store)
                == PublishedMarks(published: [.answers: 0, .children: 5], stopped: [:]))
    }

    @Test("the bound on new work holds while nothing is published, whatever the relay is doing")
    func boundWithoutRelay() async throws {
        let temporary = try await store()
        let backlog = Backlog(rowsMax: 3)
        let watch = BacklogWatch(
            store: temporary.store, topics: Self.topics, backlog: backlog, interval: .milliseconds(5),
            metrics: RelayMetrics(MetricsRegistry()))
        let stop = StopSignal()
        async let ended: Void = watch.run(until: stop)
        for subject in ["a", "b"] { try await say(subject, about: nil, in: temporary.store) }
        #expect(!backlog.isFull)
        try await say("c", about: nil, in: temporary.store)
        try await waitUntil { backlog.isFull }
        #expect(backlog.rows == 3 && backlog.oldest == Bench.now)
        let before = try await marks(in: temporary.store)
        let published = PublishedMarks(published: [.answers: 3, .children: 3], stopped: [:])
        try await temporary.store.write { try published.save(over: before, in: $0) }
        try await waitUntil { !backlog.isFull }
        stop.stop()
        try await ended
    }

    /// A watch over the store until `body` returns.
    private func watching(_ store: Store, rowsMax: Int, _ body: (Backlog) async throws -> Void) async throws {
        let backlog = Backlog(rowsMax: rowsMax)
        let watch = BacklogWatch(
            store: store, topics: Self.topics, backlog: backlog, interval: .milliseconds(5),
            metrics: RelayMetrics(MetricsRegistry()))
        let stop = StopSignal()
        async let ended: Void = watch.run(until: stop)
        do { try await body(backlog) } catch {
            stop.stop()
            throw error
        }
        stop.stop()
        try await ended
    }

    @Test("a journal that is published again is on its way, and keeps nobody from new work")
    func republishIsNoNewWork() async throws {
        let temporary = try await store()
        for subject in ["a", "b", "c", "d"] { try await say(subject, about: nil, in: temporary.store) }
        let start = try await marks(in: temporary.store)
        let all = PublishedMarks(published: [.answers: 4, .children: 4], stopped: [:])
        try await temporary.store.write { transaction in
            try all.save(over: start, in: transaction)
            try transaction.execute("UPDATE watermark SET published = 0 WHERE topic = 'answers'")
        }
        try await watching(temporary.store, rowsMax: 3) { backlog in
            try await waitUntil { backlog.rows == 4 }
            #expect(backlog.unpublishedRows == 0 && !backlog.isFull)
            for subject in ["e", "f", "g"] { try await say(subject, about: nil, in: temporary.store) }
            try await waitUntil { backlog.isFull }
            #expect(backlog.rows == 7 && backlog.unpublishedRows == 3)
        }
    }

    @Test("rows of a stopped topic count towards the bound, and others' published rows don't")
    func stoppedRowsCount() async throws {
        let temporary = try await store()
        for subject in ["a", "b"] { try await say(subject, about: nil, in: temporary.store) }
        let start = try await marks(in: temporary.store)
        let stopped = PublishedMarks(published: [.answers: 1, .children: 2], stopped: [.answers: "REFUSED"])
        try await temporary.store.write { try stopped.save(over: start, in: $0) }
        try await watching(temporary.store, rowsMax: 3) { backlog in
            try await waitUntil { backlog.unpublishedRows == 1 }
            #expect(!backlog.isFull)
            for subject in ["c", "d"] { try await say(subject, about: nil, in: temporary.store) }
            let before = try await marks(in: temporary.store)
            let passed = PublishedMarks(published: [.answers: 1, .children: 4], stopped: [.answers: "REFUSED"])
            try await temporary.store.write { try passed.save(over: before, in: $0) }
            try await waitUntil { backlog.unpublishedRows == 3 }
            #expect(backlog.isFull)
            #expect(backlog.stoppedTopics == [Topic.answers.rawValue: "REFUSED"])
        }
    }

    @Test("the inbox forgets what it received longer ago than it keeps, a stretch at a time")
    func inboxRetention() async throws {
        let temporary = try await store()
        let today = Bench.now.dayNumber
        try await temporary.store.write { transaction in
            for number in 1...10 {
                let day = number.isMultiple(of: 2) ? today - 401 : today - 400
                try transaction.execute(
                    "INSERT INTO inbox (id, day) VALUES (?, ?)", .uuid(UUID(high: 1, low: UInt64(number), version: 8)),
                    .integer(day))
            }
        }
        var limits = DeliveryLimits()
        limits.inboxRowsMax = 4
        let retention = InboxRetention(store: temporary.store, limits: limits, time: TimeSource { Bench.now })
        func left() async throws -> Int {
            try await temporary.store.read { try $0.count("SELECT count(*) FROM inbox") }
        }
        var cursor = try await retention.forget(after: [])
        #expect(try await left() == 8, "of the first four the older two")
        cursor = try await retention.forget(after: cursor)
        #expect(try await left() == 6)
        cursor = try await retention.forget(after: cursor)
        #expect(try await left() == 5)
        #expect(cursor == [], "the end: it begins anew")
    }
}
