public import Events
public import Foundation
public import Runtime
public import Store

/// What an event follows from: the trigger itself, when it was pulled, and the trace it belongs to.
public struct Cause: Sendable, Equatable {
    /// A record, an HTTP write or a timer.
    public let trigger: Trigger
    /// The trigger's own time: it goes into the event's id, so that repeating the work gives the same id.
    public let time: Timestamp
    /// W3C trace context, if the trigger had one.
    public let traceparent: String?

    /// A cause from its parts.
    public init(trigger: Trigger, time: Timestamp, traceparent: String?) {
        self.trigger = trigger
        self.time = time
        self.traceparent = traceparent
    }

    /// A record that is being applied.
    public init(_ envelope: Envelope) {
        self.init(trigger: .record(envelope.id), time: envelope.time, traceparent: envelope.traceparent)
    }
}

/// Why an event could not be put into the outbox; a fault of the program or of too large a document.
public struct OutboxRefusal: Error, Sendable, CustomStringConvertible {
    /// In constant words.
    public let description: String
}

/// Where events wait until the relay has published them, and stay afterwards as the journal.
///
/// A value: every function works in the caller's transaction, so that an event is said exactly when the change that it
/// tells of is on disk.
public struct Outbox: Sendable {
    private let source: EventSource

    /// The outbox of one service in one region.
    public init(service: ServiceName, region: String) {
        source = EventSource(region: region, service: service)
    }

    /// Adds an event. The same saying from the same cause is added once.
    /// - Parameters:
    ///   - cause: what is being worked on; a saying that follows from something else says so itself.
    ///   - now: the time of recording, which becomes `ce_time`.
    /// - Returns: the event's id.
    /// - Throws: `OutboxRefusal` when the value is larger than its topic allows; `StoreFailure`.
    @discardableResult
    public func say(
        _ saying: Saying, because cause: Cause, now: Timestamp, in transaction: Transaction
    ) throws -> UUID {
        let topic = saying.type.topic
        let bytesMax = Catalogue.contract(for: topic).recordBytesMax
        guard saying.value.count <= bytesMax else {
            throw OutboxRefusal(description: "an event of type \(saying.type.name) has more than \(bytesMax) bytes")
        }
        assert(saying.id == nil || saying.id == id(of: saying, because: cause), "named because of something else")
        let id = saying.id ?? id(of: saying, because: cause)
        let cause = saying.cause ?? cause
        var causation: UUID?
        if case .record(let record) = cause.trigger { causation = record }
        let added = try transaction.execute(
            """
            INSERT INTO outbox
                (topic, key, child, id, type, subject, revision, time, traceparent, causation, epoch, value)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT epoch FROM identity), ?) ON CONFLICT (id) DO NOTHING
            """,
            .text(topic.rawValue), .text(saying.key), .maybe(saying.child?.uuid), .uuid(id), .text(saying.type.name),
            .text(saying.subject), .int(saying.revision), .time(now), .maybe(cause.traceparent), .maybe(causation),
            .blob(saying.value))
        if added == 1 { transaction.tally("outbox", saying.type.name, by: 1) }
        return id
    }

    /// The saying with the id under which `say` adds it, for those who have to know the id before. Pure.
    /// - Parameter cause: the one that `say` is then called with.
    public func named(_ saying: Saying, because cause: Cause) -> (saying: Saying, id: UUID) {
        let id = id(of: saying, because: cause)
        return (saying.named(id), id)
    }

    /// The id under which `say` adds an event. Pure.
    public func id(of saying: Saying, because cause: Cause) -> UUID {
        let cause = saying.cause ?? cause
        return eventID(
            time: cause.time, source: source, type: saying.type, subject: saying.subject, revision: saying.revision,
            trigger: cause.trigger)
    }

    /// A row of the journal as it goes on the broker.
    struct Entry: Sendable {
        let seq: Int64
        let topic: Topic
        let envelope: Envelope
        let value: [UInt8]
    }

    /// Rows after `position` in the order in which they were said.
    func entries(after position: Int64, rowsMax: Int, bytesMax: Int, from scope: ReadScope) throws -> [Entry] {
        var entries: [Entry] = []
        var bytes = 0
        try scope.forEach(
            """
            SELECT seq, topic, key, id, type, subject, revision, time, traceparent, causation, epoch, value
            FROM outbox WHERE seq > ? ORDER BY seq LIMIT ?
            """, .integer(position), .int(rowsMax)
        ) { row in
            let entry = try entry(row)
            entries.append(entry)
            bytes += entry.value.count
            return bytes < bytesMax
        }
        return entries
    }

    private func entry(_ row: Row) throws -> Entry {
        guard let topic = Topic(rawValue: row.text(1)), let type = EventType(name: row.text(4)) else {
            throw StoreFailure(
                .fatal, reason: "the outbox names a topic or type that this release doesn't know",
                hint: "run the release that wrote it")
        }
        let envelope = Envelope(
            id: try row.uuid(3), source: source, type: type.ceType, subject: row.text(5), time: row.time(7),
            dataSchema: type.dataSchema, partitionKey: row.text(2), traceparent: row.textIfAny(8),
            causationID: try row.uuidIfAny(9), revision: row.int(6), epoch: row.int(10), keyID: nil)
        return Entry(seq: row.integer(0), topic: topic, envelope: envelope, value: row.blob(11))
    }
}
