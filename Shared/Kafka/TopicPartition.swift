/// One partition of one topic, by the topic's full name on the broker.
public struct TopicPartition: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The topic as the broker calls it, prefix included.
    public let topic: String
    /// The partition's number, from 0.
    public let partition: Int32

    /// Names a partition.
    public init(topic: String, partition: Int32) {
        self.topic = topic
        self.partition = partition
    }

    /// As Kafka's own tools write it: `barnsakert.answers.v1-3`.
    public var description: String { "\(topic)-\(partition)" }

    /// By topic, then by number.
    public static func < (left: TopicPartition, right: TopicPartition) -> Bool {
        (left.topic, left.partition) < (right.topic, right.partition)
    }
}

/// The two ends of a partition's log.
public struct Watermarks: Sendable, Hashable {
    /// The offset of the oldest record that is still there; equal to `high` when the log holds none.
    public let low: Int64
    /// The offset that the next record will get (of committed records, where transactions are used).
    public let high: Int64

    /// Names the two ends.
    public init(low: Int64, high: Int64) {
        self.low = low
        self.high = high
    }
}

/// What a group has committed for a partition.
public struct CommittedOffset: Sendable, Hashable {
    /// The next offset to read.
    public let offset: Int64
    /// The text that was committed with it; nil when there was none.
    public let metadata: String?

    /// Names an offset and the text beside it.
    public init(offset: Int64, metadata: String?) {
        self.offset = offset
        self.metadata = metadata
    }
}
