/// How a service reaches Kafka.
public struct KafkaSettings: Sendable {
    /// `host:port`, several with commas (`KAFKA_BOOTSTRAP_SERVERS`).
    public var bootstrapServers: String
    /// Put before every topic's name (`KAFKA_TOPIC_PREFIX`). The clients take full names; whoever builds a name uses
    /// it.
    public var topicPrefix: String
    /// How the client presents itself to brokers (`client.id`): the service's name.
    public var clientID: String
    /// librdkafka's own keys (`RDKAFKA_*`, read by `Configuration`), such as `ssl.ca.location`. They win over this
    /// module's defaults, and are refused when this module owns the key. May hold secrets: never written to a log.
    public var overrides: [String: String]

    /// Settings by their parts.
    public init(
        bootstrapServers: String, topicPrefix: String = "", clientID: String = "barnsakert",
        overrides: [String: String] = [:]
    ) {
        self.bootstrapServers = bootstrapServers
        self.topicPrefix = topicPrefix
        self.clientID = clientID
        self.overrides = overrides
    }

    /// Makes both clients and lets them go: whether librdkafka knows every key, takes every value and can read the
    /// files that are named. No broker is asked anything. Takes some milliseconds of the calling thread.
    /// - Throws: what is wrong, under the name of the property and without its value.
    public func check() throws(KafkaFailure) {
        // A client looks for its brokers at once, and its end waits for a name service that doesn't answer: so for one
        // that needs no name, at the port where nobody listens (discard, RFC 863).
        var alone = self
        alone.bootstrapServers = "127.0.0.1:9"
        _ = try Client(.producer, settings: alone)
        _ = try Client(.consumer, settings: alone, group: clientID)
    }
}
