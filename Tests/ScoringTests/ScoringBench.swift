import Events
import Foundation
import Kafka
import Runtime
import Support

@testable import Delivery
@testable import Scoring
@testable import Store

/// Scoring's handler on a real store, fed with records as the worker would.
struct ScoringBench: Sendable {
    let temporary: TemporaryStore
    private let writer: BatchWriter<ScoreForms>

    init() async throws {
        temporary = try await TemporaryStore(migrations: ScoringService.definition.allMigrations)
        let outbox = Outbox(service: .scoring, region: "23")
        writer = BatchWriter(
            applier: Applier(
                service: .scoring, handler: ScoreForms(outbox: outbox), outbox: outbox,
                inHand: try InHand(path: temporary.directory.file("in-hand"))),
            names: TopicNames(prefix: ""), redriveRecordsMax: 100)
        _ = try await temporary.store.write { transaction in
            try StoreIdentity.load(place: "test", ids: .system, in: transaction)
        }
    }

    /// Applies one record, at the end of its topic's one partition.
    func apply(_ record: OutgoingRecord) async throws {
        let writer = self.writer
        let place = TopicPartition(topic: record.topic, partition: 0)
        try await temporary.store.write { transaction in
            try transaction.execute(
                "INSERT INTO next_offset (topic, partition, next) VALUES (?, 0, 0) ON CONFLICT DO NOTHING",
                .text(place.topic))
            let next =
                try transaction.first("SELECT next FROM next_offset WHERE topic = ?", .text(place.topic)) {
                    $0.integer(0)
                } ?? 0
            let consumed = ConsumedRecord(
                topicPartition: place, offset: next, key: record.key, value: record.value, headers: record.headers)
            _ = try writer.write(
                [consumed], next: [place: next], suspects: [:], now: Timestamp(milliseconds: 1_790_000_000_000),
                in: transaction)
        }
    }

    /// What SQLite has done so far for what was applied.
    func work() async throws -> (steps: Int, scanned: Int) {
        try await temporary.store.write { $0.connection.statements.work }
    }

    /// The events said about a child, in order.
    func outcomes() async throws -> [Event<OutcomeScored>] {
        try await temporary.store.read { scope in
            try scope.all("SELECT value FROM outbox WHERE type = 'outcome.scored' ORDER BY seq") {
                try EventCodec.decode(from: $0.blob(0))
            }
        }
    }
}
