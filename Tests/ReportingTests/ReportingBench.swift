import Events
import Foundation
import Kafka
import Runtime
import Store
import Support

@testable import Delivery
@testable import Reporting

/// Reporting's handler on a real store, fed with records as the worker would.
struct ReportingBench: Sendable {
    let temporary: TemporaryStore
    private let writer: BatchWriter<KeepFacts>

    init() async throws {
        let definition = ReportingService.definition
        temporary = try await TemporaryStore(migrations: definition.allMigrations)
        writer = BatchWriter(
            applier: Applier(
                service: .reporting, handler: KeepFacts(), outbox: Outbox(service: .reporting, region: "23"),
                inHand: try InHand(path: temporary.directory.file("in-hand"))),
            names: TopicNames(prefix: ""), redriveRecordsMax: 100)
        _ = try await temporary.store.write { transaction in
            try StoreIdentity.load(place: "test", ids: .system, in: transaction)
        }
    }

    /// Applies records in their order, each topic numbered as a log of its own.
    @discardableResult
    func apply(_ said: [SaidRecord]) async throws -> BatchWriter<KeepFacts>.Tally {
        let writer = self.writer
        return try await temporary.store.write { transaction in
            var next: [TopicPartition: Int64] = [:]
            for topic in Set(said.map(\.topic)) {
                let place = TopicPartition(topic: topic.name(), partition: 0)
                try transaction.execute(
                    "INSERT INTO next_offset (topic, partition, next) VALUES (?, 0, 0) ON CONFLICT DO NOTHING",
                    .text(place.topic))
                next[place] = try transaction.first(
                    "SELECT next FROM next_offset WHERE topic = ? AND partition = 0", .text(place.topic)
                ) { $0.integer(0) }
            }
            var offsets = next
            let records = said.map { record in
                let place = TopicPartition(topic: record.topic.name(), partition: 0)
                defer { offsets[place, default: 0] += 1 }
                return record.consumed(at: offsets[place, default: 0])
            }
            return try writer.write(
                records, next: next, suspects: [:], now: History.start, in: transaction
            ).tally
        }
    }

    /// What a release is made of.
    func reading() async throws -> ReleaseReading.Reading {
        try await temporary.store.read { try ReleaseReading.read(region: "23", from: $0) }
    }

    func release() async throws -> Release {
        let reading = try await reading()
        return Release(
            region: "23", freshness: reading.freshness, resources: reading.resources, tally: reading.tally)
    }

    func counts() async throws -> [String: Int] {
        let counts = try await temporary.store.read { try ReportingCounts.read($0) }
        return Dictionary(uniqueKeysWithValues: counts.map { ($0.name, $0.value) })
    }
}
