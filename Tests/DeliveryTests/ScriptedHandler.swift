import Events
import Foundation
import Kafka
import Runtime
import Store
import Support

@testable import Delivery
@testable import Store

/// Result codes of SQLite (https://www.sqlite.org/rescode.html), which is imported by its owner alone.
enum SQLiteCode: Int32 {
    case ioError = 10
    case misuse = 21

    var failure: StoreFailure { StoreFailure(code: rawValue, doing: "a write") }
}

/// A handler whose decisions a test writes down, with one table of what it applied.
struct ScriptedHandler: RecordHandler {
    let decision: @Sendable (ReceivedEvent, _ appliedBefore: Int) -> Decision<String>
    /// Stands before each change, and may fail as a disk does.
    var applying: @Sendable () throws -> Void = {}

    static let migration = Migration(
        "scripted", 1, "what was applied",
        sql: "CREATE TABLE applied (seq INTEGER PRIMARY KEY, what TEXT NOT NULL, child BLOB) STRICT;")

    func decode(_ event: ReceivedEvent) throws -> ReceivedEvent? { event }

    func read(for input: ReceivedEvent, of event: ReceivedEvent, from store: ReadScope) throws -> Int {
        try store.count("SELECT count(*) FROM applied")
    }

    func decide(_ input: ReceivedEvent, of event: ReceivedEvent, knowing known: Int) throws -> Decision<String> {
        decision(input, known)
    }

    func apply(_ change: String, of event: ReceivedEvent, in transaction: Transaction) throws {
        try applying()
        try transaction.execute(
            "INSERT INTO applied (what, child) VALUES (?, ?)", .text(change), .maybe(event.child?.uuid))
    }
}

/// A batch writer on a real store, fed with records by hand.
struct Bench: Sendable {
    let temporary: TemporaryStore
    let writer: BatchWriter<ScriptedHandler>
    static let now = Timestamp(milliseconds: 1_790_000_000_000)

    init(
        service: ServiceName = .referralRouter,
        decision: @escaping @Sendable (ReceivedEvent, Int) -> Decision<String> = { event, _ in
            .done(changes: [event.envelope.subject])
        },
        applying: @escaping @Sendable () throws -> Void = {}
    ) async throws {
        temporary = try await TemporaryStore(
            migrations: DeliveryTables.migrations + [AuditTrail.migration, ScriptedHandler.migration])
        let inHand = try InHand(path: temporary.directory.file("in-hand"))
        let outbox = Outbox(service: service, region: "23")
        writer = BatchWriter(
            applier: Applier(
                service: service, handler: ScriptedHandler(decision: decision, applying: applying), outbox: outbox,
                inHand: inHand),
            names: TopicNames(prefix: ""), redriveRecordsMax: 100)
        _ = try await temporary.store.write { transaction in
            try StoreIdentity.load(place: "test", ids: .system, in: transaction)
        }
    }

    /// Writes records as one batch, from the offsets that the store has.
    @discardableResult
    func apply(
        _ records: [ConsumedRecord], suspects: [InHand.Place: Int] = [:], isolating: Bool = true
    ) async throws -> BatchWriter<ScriptedHandler>.Tally {
        let writer = isolating ? self.writer : self.writer.withoutIsolation
        return try await temporary.store.write { transaction in
            var next: [TopicPartition: Int64] = [:]
            for record in records {
                try transaction.execute(
                    "INSERT INTO next_offset (topic, partition, next) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    .text(record.topicPartition.topic), .int(record.topicPartition.partition), .integer(record.offset))
                next[record.topicPartition] = try transaction.first(
                    "SELECT next FROM next_offset WHERE topic = ? AND partition = ?",
                    .text(record.topicPartition.topic), .int(record.topicPartition.partition)
                ) { $0.integer(0) }
            }
            return try writer.write(records, next: next, suspects: suspects, now: Self.now, in: transaction).tally
        }
    }

    @discardableResult
    func redriveReady() async throws -> BatchWriter<ScriptedHandler>.Tally {
        let writer = self.writer
        return try await temporary.store.write { try writer.writeReady(suspects: [:], now: Self.now, in: $0) }
    }

    /// What was applied, in order.
    func applied() async throws -> [String] {
        try await temporary.store.read { try $0.all("SELECT what FROM applied ORDER BY seq") { $0.text(0) } }
    }

    /// The states of the parked records, in order.
    func parked() async throws -> [String] {
        try await temporary.store.read { try $0.all("SELECT state FROM parked ORDER BY seq") { $0.text(0) } }
    }

    /// Event types in the outbox, in order.
    func said() async throws -> [String] {
        try await temporary.store.read { try $0.all("SELECT type FROM outbox ORDER BY seq") { $0.text(0) } }
    }
}

/// Records of one topic, numbered as a log would.
struct LogOfOnePartition {
    let topic: Topic
    private(set) var next: Int64 = 0

    init(_ topic: Topic) { self.topic = topic }

    mutating func record(
        child: ChildID, subject: String, id: UUID = UUID(), type: EventType = .conversationRecorded, revision: Int = 1,
        ceType: String? = nil, value: [UInt8]? = Array("{}".utf8), key: [UInt8]? = nil,
        partitionKey: String? = nil, by writer: ServiceName = .intake
    ) -> ConsumedRecord {
        let envelope = Envelope(
            id: id, source: EventSource(region: "23", service: writer), type: ceType ?? type.ceType, subject: subject,
            time: Bench.now, dataSchema: type.dataSchema, partitionKey: partitionKey ?? child.text,
            revision: revision, epoch: 1)
        defer { next += 1 }
        return ConsumedRecord(
            topicPartition: TopicPartition(topic: topic.name(), partition: 0), offset: next,
            key: key ?? Array(child.text.utf8), value: value,
            headers: envelope.headers(Header.init))
    }
}
