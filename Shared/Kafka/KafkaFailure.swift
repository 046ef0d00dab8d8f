/// Why an operation on Kafka failed, what to do about it, and where an operator should look.
///
/// `reason` is librdkafka's or the broker's text. It may carry addresses of brokers and names of topics, never a
/// record's key or value.
public struct KafkaFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// What the caller is to do.
    public enum Disposition: String, Sendable, Hashable {
        /// The same again may succeed: wait a little and repeat.
        case retry
        /// The same again fails again: someone must change the request, a right or a setting.
        case refuse
        /// The client (or, for an offset outside the log, the partition) is of no further use.
        case fatal
        /// librdkafka recovers by itself; only a warning to those who watch.
        case informational
    }

    /// librdkafka's number: negative ones are the client's own, positive ones are the Kafka protocol's. An open set.
    public struct Code: Sendable, Hashable {
        /// The number.
        public let number: Int32

        /// A code by its number.
        public init(number: Int32) { self.number = number }
    }

    /// Which failure.
    public let code: Code
    /// Its name in librdkafka, such as `_TRANSPORT` or `TOPIC_AUTHORIZATION_FAILED`.
    public let name: String
    /// What librdkafka or the broker says.
    public let reason: String
    /// The partition that it is about, when it is about one.
    public let place: TopicPartition?
    /// What to do.
    public let disposition: Disposition
    /// What an operator should look at, in one sentence.
    public let hint: String

    /// The failure on one line.
    public var description: String { "\(name): \(reason) (\(disposition.rawValue)). \(hint)" }

    init(
        code: Code, name: String, reason: String, place: TopicPartition? = nil, disposition: Disposition, hint: String
    ) {
        self.code = code
        self.name = name
        self.reason = reason
        self.place = place
        self.disposition = disposition
        self.hint = hint
    }

    /// The same failure with another verdict.
    func with(_ disposition: Disposition, reason: String? = nil) -> KafkaFailure {
        KafkaFailure(
            code: code, name: name, reason: reason ?? self.reason, place: place, disposition: disposition, hint: hint)
    }

    /// The same failure, said of one partition.
    func at(_ place: TopicPartition) -> KafkaFailure {
        KafkaFailure(
            code: code, name: name, reason: "\(place): \(reason)", place: place, disposition: disposition, hint: hint)
    }
}
