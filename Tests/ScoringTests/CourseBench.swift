import Events
import Foundation
import Kafka
import Runtime
import Support
import Telemetry

@testable import Delivery
@testable import Scoring
@testable import Store

/// Scoring without broker: its handler behind Delivery's writer, its re-runs, a real store.
struct CourseBench: Sendable {
    let temporary: TemporaryStore
    let reRun: ReRun
    private let writer: BatchWriter<ScoreForms>

    var store: Store { temporary.store }

    /// - Parameter pace: slices so small that a history takes several.
    init(pace: ReRunPace = ReRunPace(formsMax: 2)) async throws {
        temporary = try await TemporaryStore(migrations: ScoringService.definition.allMigrations)
        let outbox = Outbox(service: .scoring, region: "23")
        let time = TimeSource { CourseHistory.now }
        reRun = ReRun(
            store: temporary.store, outbox: outbox, instruments: InstrumentTable(), waiting: { 0 }, time: time,
            pace: pace, logger: Logger(service: "test", version: "1", level: .error, time: time) { _ in },
            metrics: ReRunMetrics(MetricsRegistry()))
        writer = BatchWriter(
            applier: Applier(
                service: .scoring, handler: ScoreForms(outbox: outbox), outbox: outbox,
                inHand: try InHand(path: temporary.directory.file("in-hand"))),
            names: TopicNames(prefix: ""), redriveRecordsMax: 100)
        _ = try await temporary.store.write { try StoreIdentity.load(place: "test", ids: .system, in: $0) }
    }

    /// Applies records as one batch of the worker's, then parked records that it made ready. Each topic is a log of one
    /// partition.
    @discardableResult
    func apply(_ records: [OutgoingRecord]) async throws -> BatchWriter<ScoreForms>.Tally {
        let writer = self.writer
        let tally = try await store.write { transaction in
            var next: [TopicPartition: Int64] = [:]
            for topic in Set(records.map(\.topic)) {
                let place = TopicPartition(topic: topic, partition: 0)
                try transaction.execute(
                    "INSERT INTO next_offset (topic, partition, next) VALUES (?, 0, 0) ON CONFLICT DO NOTHING",
                    .text(topic))
                next[place] = try transaction.first(
                    "SELECT next FROM next_offset WHERE topic = ? AND partition = 0", .text(topic)
                ) { $0.integer(0) }
            }
            var offsets = next
            let consumed = records.map { record in
                let place = TopicPartition(topic: record.topic, partition: 0)
                defer { offsets[place, default: 0] += 1 }
                return ConsumedRecord(
                    topicPartition: place, offset: offsets[place, default: 0], key: record.key, value: record.value,
                    headers: record.headers)
            }
            return try writer.write(
                consumed, next: next, suspects: [:], now: CourseHistory.now, in: transaction
            ).tally
        }
        try await applyReady()
        return tally
    }

    /// Applies parked records that are ready.
    func applyReady() async throws {
        while try await store.read({ try ParkedRecords.firstReady(names: writer.names, in: $0) }) != nil {
            _ = try await store.write { try writer.writeReady(suspects: [:], now: CourseHistory.now, in: $0) }
        }
    }

    /// What SQLite has done so far for what was applied.
    func work() async throws -> (steps: Int, scanned: Int) {
        try await store.write { $0.connection.statements.work }
    }

    /// What operators do with parked records.
    var parkedCommands: ParkedCommands {
        ParkedCommands(
            store: store, names: writer.names, time: TimeSource { CourseHistory.now }, operatorName: "kim")
    }

    /// Scores again until nothing is left to.
    func finishReRuns() async throws {
        while try await reRun.turn() != nil {}
    }

    /// An outcome that stands, or the retraction that took it back.
    struct Said: Sendable {
        let id: UUID
        let type: String
        let screening: String
        let revision: Int
        /// The record that led to it.
        let causation: UUID?
        let value: [UInt8]

        func outcome() throws -> OutcomeScored {
            try EventCodec.decode(Event<OutcomeScored>.self, from: value).body
        }

        /// The hash of what it says; nil for a retraction.
        func digest() throws -> [UInt8]? {
            guard type == EventType.outcomeScored.name else { return nil }
            let outcome = try outcome()
            return OutcomeContent.digest(
                ofCanonical: try OutcomeContent(
                    instrument: outcome.instrument, factors: outcome.factors, signals: outcome.signals,
                    acute: outcome.acute
                ).canonical())
        }
    }

    /// Everything that was said, in its order.
    func said() async throws -> [Said] {
        try await store.read { scope in
            try scope.all(
                """
                SELECT id, type, subject, revision, causation, value FROM outbox
                WHERE topic = 'outcomes' ORDER BY seq
                """
            ) { row in
                Said(
                    id: try row.uuid(0), type: row.text(1), screening: row.text(2), revision: row.int(3),
                    causation: try row.uuidIfAny(4), value: row.blob(5))
            }
        }
    }

    /// What was said of a screening, in its order.
    func said(of screening: ScreeningID) async throws -> [Said] {
        try await said().filter { $0.screening == screening.text }
    }

    /// The table of outcomes, whole and as text: everything but how often each was said.
    func state() async throws -> [String] {
        try await store.read { scope in
            let scored = try scope.all(
                """
                SELECT hex(screening), hex(child), hex(respondent), age_days, form_revision, instrument, ruled_by,
                    hex(digest), has_outcome, results FROM scored ORDER BY 1
                """
            ) { row in "scored " + (0..<10).map { row.text($0) }.joined(separator: " ") }
            let retracted = try scope.all("SELECT hex(screening), hex(child) FROM retracted ORDER BY 1") { row in
                "retracted \(row.text(0)) \(row.text(1))"
            }
            return scored + retracted
        }
    }

    /// The contents that stand, by screening, with their hashes.
    func contents() async throws -> [ScreeningID: (content: OutcomeContent, digest: [UInt8])] {
        let rows = try await store.read { scope in
            try scope.all("SELECT screening, content, digest FROM scored") { row in
                (
                    ScreeningID(try row.uuid(0)),
                    try EventCodec.part(OutcomeContent.self, from: Array(row.text(1).utf8)), row.blob(2)
                )
            }
        }
        return Dictionary(rows.map { ($0.0, ($0.1, $0.2)) }) { first, _ in first }
    }

    func counts() async throws -> [String: Int] {
        let all = try await store.read { try ScoringCounts.read($0) }
        return Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0.value) })
    }
}
