public import Runtime

/// One header of a record. A name may occur more than once; order is kept.
public struct Header: Sendable, Hashable {
    /// The header's name, UTF-8.
    public let name: String
    /// The value; nil is Kafka's null, which is not the empty value. A slice, so that all headers of a record, a dozen,
    /// may share one piece of memory.
    public let value: ArraySlice<UInt8>?

    /// A header with bytes for its value.
    public init(name: String, slice value: ArraySlice<UInt8>?) {
        self.name = name
        self.value = value
    }

    /// A header with bytes for its value.
    public init(name: String, value: [UInt8]?) {
        self.init(name: name, slice: value?[...])
    }

    /// A header with text for its value.
    public init(_ name: String, _ text: String) {
        self.init(name: name, value: Array(text.utf8))
    }
}

/// A record as it was read. It owns its bytes: nothing in it refers to the client's memory.
public struct ConsumedRecord: Sendable, Hashable {
    /// Where it was read.
    public let topicPartition: TopicPartition
    /// Its place in the partition.
    public let offset: Int64
    /// The key; nil is Kafka's null, which is not the empty key.
    public let key: [UInt8]?
    /// The value; nil is a tombstone, which is not the empty value.
    public let value: [UInt8]?
    /// The headers in the order in which they were written.
    public let headers: [Header]
    /// When the producer (or, by the topic's setting, the broker) says that it was written; nil if the log keeps none.
    public let timestamp: Timestamp?

    /// A record by its parts, as tests make them.
    public init(
        topicPartition: TopicPartition, offset: Int64, key: [UInt8]?, value: [UInt8]?, headers: [Header] = [],
        timestamp: Timestamp? = nil
    ) {
        self.topicPartition = topicPartition
        self.offset = offset
        self.key = key
        self.value = value
        self.headers = headers
        self.timestamp = timestamp
    }

    /// Bytes of key, value and headers: what counts towards a batch's size.
    public var bytes: Int {
        headers.reduce((key?.count ?? 0) + (value?.count ?? 0)) { $0 + $1.name.utf8.count + ($1.value?.count ?? 0) }
    }
}

/// A record to be published. Its partition follows from its key (murmur2, as Kafka's Java client) and can't be chosen:
/// naming one makes librdkafka 2.0.2 free the headers twice if it doesn't exist (librdkafka #4628).
public struct OutgoingRecord: Sendable, Hashable {
    /// The topic as the broker calls it, prefix included.
    public let topic: String
    /// Decides the partition and, with it, the order.
    public let key: [UInt8]
    /// The value; nil is a tombstone.
    public let value: [UInt8]?
    /// The headers, in order.
    public let headers: [Header]

    /// A record by its parts.
    public init(topic: String, key: [UInt8], value: [UInt8]?, headers: [Header] = []) {
        self.topic = topic
        self.key = key
        self.value = value
        self.headers = headers
    }
}

/// What became of one published record.
public enum PublishResult: Sendable, Hashable {
    /// All in-sync replicas have it. The offset is nil when the acknowledgement of a repeated request didn't tell it.
    case persisted(partition: Int32, offset: Int64?)
    /// It is not known to be in the log; it may be there. Publish it again: readers recognise a repetition by its id.
    case retry(KafkaFailure)
    /// The broker (or the client, for size) will never take it as it is. Somebody has to decide.
    case refused(KafkaFailure)
}
