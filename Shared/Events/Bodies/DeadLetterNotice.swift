/// Notice to operators that a service parked a record: where it lies and why, never what it says. The value stays in
/// the log and in the service's store.
public struct DeadLetterNotice: Codable, Hashable, Sendable {
    /// The topic it was read from.
    public var topic: Topic
    /// The partition.
    public var partition: Int32
    /// The offset.
    public var offset: Int64
    /// Its id, when its headers could be read.
    public var event: EventID?
    /// A constant code.
    public var reason: String

    /// Takes each member as it will travel.
    public init(topic: Topic, partition: Int32, offset: Int64, event: EventID?, reason: String) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.event = event
        self.reason = reason
    }

    /// The value of the record.
    public func encoded() throws(EventFault) -> [UInt8] { try EventCodec.canonical(self) }
}
