public import Foundation
public import Runtime

/// What is known of an event without opening it: CloudEvents 1.0.2 in Kafka's binary mode, with four extensions of ours
/// (`causationid`, `revision`, `epoch`, `keyid`).
public struct Envelope: Hashable, Sendable {
    /// Id of the event; with `source` unique for ever.
    public var id: UUID
    /// Who says it.
    public var source: EventSource
    /// The whole `ce_type`, which may be one that this release doesn't know.
    public var type: String {
        didSet { eventType = EventType(ceType: type) }
    }
    /// The type, when this release knows it.
    public private(set) var eventType: EventType?
    /// What it is about.
    public var subject: String
    /// When it was recorded; when it happened is in the value.
    public var time: Timestamp
    /// `$id` of the value's schema.
    public var dataSchema: String
    /// The record's key as text.
    public var partitionKey: String
    /// W3C trace context, well formed.
    public var traceparent: String?
    /// The event that led to this one.
    public var causationID: UUID?
    /// Revision of the fact, from 1.
    public var revision: Int
    /// Epoch of the writer's store, from 0.
    public var epoch: Int
    /// Key that the value is sealed with; nil: plain.
    public var keyID: String?

    /// The record's key as a child's surrogate; nil when it is none.
    public var child: ChildID? { ChildID(partitionKey) }

    /// The media type of every value.
    public static let contentType = "application/json"

    /// Takes each attribute as it will travel.
    public init(
        id: UUID, source: EventSource, type: String, subject: String, time: Timestamp, dataSchema: String,
        partitionKey: String, traceparent: String? = nil, causationID: UUID? = nil, revision: Int, epoch: Int,
        keyID: String? = nil
    ) {
        self.id = id
        self.source = source
        self.type = type
        eventType = EventType(ceType: type)
        self.subject = subject
        self.time = time
        self.dataSchema = dataSchema
        self.partitionKey = partitionKey
        self.traceparent = traceparent
        self.causationID = causationID
        self.revision = revision
        self.epoch = epoch
        self.keyID = keyID
    }

    /// The headers in a fixed order; optional ones only when there is a value.
    public func headers() -> [EventHeader] { headers(EventHeader.init(name:slice:)) }

    /// The same headers as whatever the reader's own kind is. Their texts lie in one piece of memory.
    public func headers<Header>(_ make: (_ name: String, _ text: ArraySlice<UInt8>) -> Header) -> [Header] {
        var texts: [UInt8] = []
        texts.reserveCapacity(512)
        var parts: [(name: HeaderName, end: Int)] = []
        parts.reserveCapacity(HeaderName.allCases.count)
        func add(_ name: HeaderName, _ text: String) {
            texts.append(contentsOf: text.utf8)
            parts.append((name, texts.count))
        }
        func add(_ name: HeaderName, _ id: UUID) {
            id.writeText(to: &texts)
            parts.append((name, texts.count))
        }
        add(.specificationVersion, "1.0")
        add(.id, id)
        add(.source, source.text)
        add(.type, type)
        add(.time, time.rfc3339)
        add(.subject, subject)
        add(.dataSchema, dataSchema)
        add(.partitionKey, partitionKey)
        add(.contentType, Self.contentType)
        add(.revision, String(revision))
        add(.epoch, String(epoch))
        if let traceparent { add(.traceparent, traceparent) }
        if let causationID { add(.causationID, causationID) }
        if let keyID { add(.keyID, keyID) }
        var start = 0
        return parts.map { part in
            defer { start = part.end }
            return make(part.name.rawValue, texts[start..<part.end])
        }
    }
}
