/// What every service may rely on about a topic, and what an operator sets up on the broker.
public struct TopicContract: Sendable {
    /// The topic.
    public let topic: Topic
    /// What the records' keys are.
    public let keyKind: KeyKind
    /// Number of partitions. A service that finds another number stops before it reads; more means a new topic.
    public let partitions: Int32
    /// How long the broker keeps records.
    public let retention: Retention
    /// The only service that may write here.
    public let writer: ServiceName
    /// Who may read here, and nobody else: a topic's readers are its access control.
    public let readers: [TopicReader]

    /// Most bytes of a record (key, value, headers) on every topic. Checked before a row enters an outbox.
    public var recordBytesMax: Int { Self.recordBytesMax }

    /// The limit of all topics.
    static let recordBytesMax = 65_536

    /// The name on a broker without a prefix.
    public var name: String { topic.name() }

    /// The contract of one reader; nil when the service may not read here.
    public func reader(_ service: ServiceName) -> TopicReader? { readers.first { $0.service == service } }

    /// Whether a key's later records must wait, at this service, behind one that is parked.
    public func orderMatters(to service: ServiceName) -> Bool { reader(service)?.orderMatters ?? false }

    /// Whether the service applies records of this `ce_type`. One that it doesn't know waits; it is never skipped.
    public func knows(ceType: String, service: ServiceName) -> Bool {
        guard let type = EventType(ceType: ceType) else { return false }
        return reader(service)?.knows.contains(type) ?? false
    }
}

/// What a record's key is. Order holds per key within its topic, nowhere else.
public enum KeyKind: String, Sendable {
    /// The child's surrogate, lower-case text.
    case child
    /// The reference object, such as `unit/SE…`.
    case object
    /// The municipality's SCB code, `/`, the object within it: compaction keeps the last record of each *key*, so the
    /// code alone would let a recipient push out the contact list.
    case municipality
    /// The organisation.
    case organisation
    /// The key of the record that the notice is about.
    case asRead = "as-read"
}

/// How long the broker keeps records.
public enum Retention: Sendable, Equatable {
    /// Deleted when this old. Topics are transport, not archive.
    case days(Int)
    /// The last record of each key is kept.
    case compacted
}

/// One service's reading of a topic.
public struct TopicReader: Sendable {
    /// The service.
    public let service: ServiceName
    /// Whether a key's later records must wait behind one that is parked.
    public let orderMatters: Bool
    /// Types that the reader applies. Any other type on the topic waits; it is never skipped.
    public let knows: Set<EventType>
}
