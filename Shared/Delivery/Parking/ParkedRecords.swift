internal import Events
internal import Foundation
internal import Kafka
internal import Runtime
internal import Store

/// Why a record waits in the store, and so what makes it go on.
enum ParkedState: String, Sendable {
    /// Refused: waits for a person, who redrives or discards it.
    case refused
    /// The process died three times in its handling: waits for a person.
    case died
    /// Its type is not in this release's catalogue: goes on by itself after an upgrade.
    case unknownType = "unknown-type"
    /// Its subject has not arrived: goes on by itself when it does.
    case early
    /// A record of its key waits before it: goes on when that one has.
    case behind
    /// About to be applied, in order.
    case ready
}

/// A record in the table `parked`.
struct ParkedRecord: Sendable {
    let seq: Int64
    let topic: Topic
    let record: ConsumedRecord
    let state: ParkedState
    let reason: String
}

/// The table of parked records: SQL only.
///
/// Records of one key go one after another: in the order of their turns, those of one turn as they were parked. Who
/// comes waits by that order, and who has waited goes on by it.
struct ParkedRecords {
    /// The turn of a record that has none of its own: records without go as they were parked, before those with.
    static let asParked = Timestamp(milliseconds: 0)

    /// A header as it is kept: JSON with the value in base64.
    private struct KeptHeader: Codable {
        let name: String
        let value: Data?
    }

    static func exist(in scope: ReadScope) throws -> Bool { try scope.exists("SELECT 1 FROM parked LIMIT 1") }

    /// How many wait for a person's decision; the others go on by themselves.
    static func countForPeople(in scope: ReadScope) throws -> Int {
        try scope.count("SELECT count(*) FROM parked WHERE state IN ('refused', 'died', 'unknown-type')")
    }

    static func isWaiting(key: [UInt8]?, on topic: Topic, in scope: ReadScope) throws -> Bool {
        guard let key else { return false }
        return try scope.exists(
            "SELECT 1 FROM parked WHERE topic = ? AND key = ? LIMIT 1", .text(topic.rawValue), .blob(key))
    }

    /// Whether one waits before whom a record of this turn, come now, must not go.
    static func isWaiting(key: [UInt8]?, on topic: Topic, until turn: Timestamp, in scope: ReadScope) throws -> Bool {
        guard let key else { return false }
        return try scope.exists(
            "SELECT 1 FROM parked WHERE topic = ? AND key = ? AND turn <= ? LIMIT 1", .text(topic.rawValue),
            .blob(key), .time(turn))
    }

    /// Whether this very record waits already: read again after a `recover reread`, or published again by its writer.
    static func holds(_ record: ConsumedRecord, on topic: Topic, id: UUID?, in scope: ReadScope) throws -> Bool {
        if let id { return try scope.exists("SELECT 1 FROM parked WHERE id = ?", .uuid(id)) }
        return try scope.exists(
            """
            SELECT 1 FROM parked WHERE id IS NULL AND topic = ? AND partition = ? AND offset = ? AND value IS ?
            """, .text(topic.rawValue), .int(record.topicPartition.partition), .integer(record.offset),
            .maybe(record.value))
    }

    static func park(
        _ record: ConsumedRecord, on topic: Topic, envelope: Envelope?, child: ChildID?, state: ParkedState,
        reason: String, awaiting: AwaitedSubject?, turn: Timestamp, now: Timestamp, in transaction: Transaction
    ) throws {
        let headers = try JSONEncoder().encode(
            record.headers.map { KeptHeader(name: $0.name, value: $0.value.map { Data($0) }) })
        try transaction.execute(
            """
            INSERT INTO parked
                (topic, partition, offset, key, child, state, reason, awaiting, id, type, headers, value, turn,
                parked_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .text(topic.rawValue), .int(record.topicPartition.partition), .int(record.offset), .maybe(record.key),
            .maybe(child?.uuid), .text(state.rawValue), .text(reason), .maybe(awaiting?.description),
            .maybe(envelope?.id),
            .maybe(envelope?.type), .text(String(decoding: headers, as: UTF8.self)), .maybe(record.value),
            .time(turn), .time(now))
    }

    /// The first record that is ready, in the order of turns.
    static func firstReady(names: TopicNames, in scope: ReadScope) throws -> ParkedRecord? {
        try scope.first(
            """
            SELECT seq, topic, partition, offset, key, headers, value, state, reason
            FROM parked WHERE state = 'ready' ORDER BY turn, seq LIMIT 1
            """
        ) { try read($0, names: names) }
    }

    static func find(_ seq: Int64, names: TopicNames, in scope: ReadScope) throws -> ParkedRecord? {
        try scope.first(
            """
            SELECT seq, topic, partition, offset, key, headers, value, state, reason FROM parked WHERE seq = ?
            """, .integer(seq)
        ) { try read($0, names: names) }
    }

    /// Takes a record out. Whoever comes first of its key now, if it was behind, is ready.
    static func remove(_ parked: ParkedRecord, in transaction: Transaction) throws {
        try transaction.execute("DELETE FROM parked WHERE seq = ?", .integer(parked.seq))
        guard let key = parked.record.key else { return }
        try transaction.execute(
            """
            UPDATE parked SET state = 'ready' WHERE state = 'behind' AND seq =
                (SELECT seq FROM parked WHERE topic = ? AND key = ? ORDER BY turn, seq LIMIT 1)
            """, .text(parked.topic.rawValue), .blob(key))
    }

    /// Takes out a record that must not be applied, not even when it comes again.
    static func discard(_ parked: ParkedRecord, now: Timestamp, in transaction: Transaction) throws {
        let inboxed = try transaction.execute(
            """
            INSERT INTO inbox (id, day) SELECT id, ? FROM parked WHERE seq = ? AND id IS NOT NULL ON CONFLICT DO NOTHING
            """, .integer(now.dayNumber), .integer(parked.seq))
        transaction.tally("inbox", "records", by: inboxed)
        try remove(parked, in: transaction)
    }

    /// Gives a record another state, with its reason.
    static func set(
        _ seq: Int64, state: ParkedState, reason: String, awaiting: AwaitedSubject?, in transaction: Transaction
    ) throws {
        try transaction.execute(
            "UPDATE parked SET state = ?, reason = ?, awaiting = ? WHERE seq = ?", .text(state.rawValue),
            .text(reason), .maybe(awaiting?.description), .integer(seq))
    }

    /// Makes the records ready that waited for a subject. One statement, however many they are.
    static func release(_ subject: AwaitedSubject, in transaction: Transaction) throws {
        try transaction.execute(
            "UPDATE parked SET state = 'ready', awaiting = NULL WHERE awaiting = ?", .text(subject.description))
    }

    /// Makes the records ready whose type an upgrade has taught this release.
    static func releaseTypes(_ known: some Sequence<String>, in transaction: Transaction) throws {
        for type in known {
            try transaction.execute(
                "UPDATE parked SET state = 'ready' WHERE state = 'unknown-type' AND type = ?", .text(type))
        }
    }

    private static func read(_ row: Row, names: TopicNames) throws -> ParkedRecord {
        guard let topic = Topic(rawValue: row.text(1)), let state = ParkedState(rawValue: row.text(7)) else {
            throw StoreFailure(
                .fatal, reason: "a parked record's topic or state is unknown", hint: "run a newer release")
        }
        let headers = try JSONDecoder().decode([KeptHeader].self, from: Data(row.text(5).utf8))
        let record = ConsumedRecord(
            topicPartition: TopicPartition(topic: names.name(of: topic), partition: Int32(row.int(2))),
            offset: row.integer(3), key: row.blobIfAny(4), value: row.blobIfAny(6),
            headers: headers.map { Header(name: $0.name, value: $0.value.map { Array($0) }) }, timestamp: nil)
        return ParkedRecord(
            seq: row.integer(0), topic: topic, record: record, state: state, reason: row.text(8))
    }
}
