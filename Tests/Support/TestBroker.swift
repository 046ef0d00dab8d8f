public import Events
public import Kafka

/// Where one test's topics are: a broker, and what stands before their names where other tests use it too.
public struct TestBroker: Sendable {
    /// Addresses of the brokers.
    public let servers: String
    /// What stands before the topics' names.
    public let prefix: String
    /// Lives as long as the test needs it.
    private let mock: MockCluster?

    /// A cluster inside the test's process, with the catalogue's topics.
    public static func mock(prefix: String = "") throws -> TestBroker {
        let topics = Catalogue.contracts.map { ($0.topic.name(prefix: prefix), Int($0.partitions)) }
        let cluster = try MockCluster(topics: Dictionary(uniqueKeysWithValues: topics))
        return TestBroker(servers: cluster.bootstrapServers, prefix: prefix, mock: cluster)
    }

    /// The catalogue's topics on a Kafka that other tests use too, under a prefix that nobody else has.
    public init(on kafka: RealKafka) throws {
        let number = UInt32.random(in: .min ... .max)
        self.init(servers: kafka.bootstrapServers, prefix: "t\(number).", mock: nil)
        try administration().create(Catalogue.contracts, prefix: prefix)
    }

    private init(servers: String, prefix: String, mock: MockCluster?) {
        (self.servers, self.prefix, self.mock) = (servers, prefix, mock)
    }

    /// For topics made anew or made wider; only a real Kafka does that.
    public func administration() throws -> TopicAdministration { try TopicAdministration(servers: servers) }

    /// Publishes records in their order and waits for the broker's word. Their topics have no prefix yet.
    public func publish(_ records: [OutgoingRecord]) async throws {
        try await TopicTraffic.publish(records, to: servers, prefix: prefix)
    }

    /// Reads topics from their beginnings until `enough` or until 20 s have passed; repetitions included.
    public func records(
        on topics: [Topic], until enough: ([ConsumedRecord]) throws -> Bool
    ) async throws -> [ConsumedRecord] {
        try await TopicTraffic.records(on: topics, from: servers, prefix: prefix, until: enough)
    }

    /// The same of one topic; values by event id, so that a repetition shows once.
    public func read(
        _ topic: Topic, until enough: ([String: [UInt8]]) -> Bool
    ) async throws -> [String: [UInt8]] {
        try await TopicTraffic.read(topic, from: servers, prefix: prefix, until: enough)
    }
}
