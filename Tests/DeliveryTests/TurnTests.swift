import Events
import Foundation
import Kafka
import Runtime
import Store
import Support
import Telemetry
import Testing

@testable import Delivery

@Suite("Records and those that waited", .timeLimit(.minutes(1)))
struct TurnTests {
    private static let readyCount = 1000
    private static let liveCount = 60

    /// The first live record releases what waited; from then on both are there.
    private static func bench() async throws -> Bench {
        let late = AwaitedSubject("late")
        let bench = try await Bench { event, _ in
            .done(changes: [event.envelope.subject], releases: event.envelope.subject == "live" ? [late] : [])
        }
        var log = LogOfOnePartition(.agreements)
        let waiting = (0..<readyCount).map { number in
            log.record(child: ChildID(UUID(high: 2, low: UInt64(number), version: 4)), subject: "waited-\(number)")
        }
        try await bench.temporary.store.write { transaction in
            for record in waiting {
                try ParkedRecords.park(
                    record, on: .agreements, envelope: nil, child: nil, state: .early, reason: "test", awaiting: late,
                    turn: ParkedRecords.asParked, now: Bench.now, in: transaction)
            }
        }
        return bench
    }

    private static func worker(_ bench: Bench, servers: String) throws -> Worker<ScriptedHandler> {
        let silent = Logger(service: "test", version: "1", level: .error, time: .system) { _ in }
        let registry = MetricsRegistry()
        let consumer = try KafkaConsumer(
            settings: KafkaSettings(bootstrapServers: servers), group: "test", logger: silent, metrics: registry)
        var limits = DeliveryLimits()
        limits.batchRecordsMax = 10
        let store = bench.temporary.store
        let places = (0..<Int32(6)).map { TopicPartition(topic: Topic.agreements.name(), partition: $0) }
        let slice = LogExamination.Slice(partitions: places, counts: [:], compacted: [], written: [:])
        let examination = LogExamination(
            slice: slice, store: store, consumer: consumer, timeout: limits.questionTimeout, logger: silent)
        return Worker(
            store: store, patience: PatientWrites(store: store, limits: limits, logger: silent), consumer: consumer,
            examination: examination, coldStart: nil,
            writer: BatchWriter(
                applier: bench.writer.applier, names: bench.writer.names, redriveRecordsMax: limits.batchRecordsMax),
            readiness: LogReadiness(), seenEnds: SeenEnds(), catchingUp: CatchingUp(), watchedTopics: [],
            redriveWish: RedriveWish(), limits: limits, time: TimeSource { Bench.now }, ids: .system, logger: silent,
            metrics: WorkerMetrics(registry))
    }

    /// 60 records in 6 batches, each followed by one of ten that waited; the client's pauses let through a few more.
    @Test("take turns, so that records don't wait until a late instrument's backlog is through; both come through")
    func turns() async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let anna = ChildID(UUID(high: 1, low: 1, version: 4))
        var log = LogOfOnePartition(.agreements)
        let live = (0..<Self.liveCount).map { log.record(child: anna, subject: "live", revision: $0 + 1) }
        try await TopicTraffic.publish(
            live.map {
                OutgoingRecord(topic: $0.topicPartition.topic, key: $0.key ?? [], value: $0.value, headers: $0.headers)
            }, to: cluster.bootstrapServers)
        let bench = try await Self.bench()
        let worker = try Self.worker(bench, servers: cluster.bootstrapServers)
        let stop = StopSignal()
        async let ended: Void = worker.run(until: stop)
        let store = bench.temporary.store
        do {
            try await waitUntil {
                let applied = try await store.read { try $0.count("SELECT count(*) FROM applied") }
                return applied == Self.readyCount + Self.liveCount
            }
        } catch {
            stop.stop()
            throw error
        }
        stop.stop()
        try await ended
        let applied = try await bench.applied()
        let last = try #require(applied.lastIndex(of: "live"))
        #expect(applied[..<last].count { $0.hasPrefix("waited") } < Self.readyCount / 2)
        #expect(applied.count { $0.hasPrefix("waited") } == Self.readyCount)
        #expect(await worker.consumer.close(deadline: .seconds(2)) == .closed)
    }
}
