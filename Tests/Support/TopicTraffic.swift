public import Events
public import Kafka
internal import Runtime
internal import Telemetry

/// Records on and off a broker's topics, as the services around the one under test would see them.
public enum TopicTraffic {
    /// The catalogue's topics with their partition counts, for `MockCluster`.
    public static let topics = Dictionary(
        uniqueKeysWithValues: Topic.allCases.map { ($0.name(), Int(Catalogue.contract(for: $0).partitions)) })

    /// Publishes records in their order and waits for the broker's word.
    public static func publish(_ records: [OutgoingRecord], to bootstrapServers: String) async throws {
        let producer = try KafkaProducer(
            settings: KafkaSettings(bootstrapServers: bootstrapServers), logger: silent, metrics: MetricsRegistry())
        let results = await producer.publish(records, deadline: .seconds(30))
        _ = await producer.close(deadline: .seconds(2))
        for result in results {
            switch result {
            case .refused(let failure), .retry(let failure): throw failure
            case .persisted: break
            }
        }
    }

    /// Reads a topic from its beginning until `enough` or 20 s have passed; values by event id, so that a repetition
    /// shows once.
    public static func read(
        _ topic: Topic, from bootstrapServers: String, until enough: ([String: [UInt8]]) -> Bool
    ) async throws -> [String: [UInt8]] {
        let consumer = try KafkaConsumer(
            settings: KafkaSettings(bootstrapServers: bootstrapServers, overrides: ["fetch.wait.max.ms": "10"]),
            group: "test", logger: silent, metrics: MetricsRegistry())
        let places = (0..<Catalogue.contract(for: topic).partitions).map {
            (TopicPartition(topic: topic.name(), partition: $0), Int64(0))
        }
        try await consumer.assign(Dictionary(uniqueKeysWithValues: places))
        var values: [String: [UInt8]] = [:]
        let deadline = ContinuousClock.now + .seconds(20)
        while !enough(values), ContinuousClock.now < deadline {
            let records = try await consumer.poll(
                recordsMax: 500, bytesMax: 1 << 20, bytesMin: 0, linger: .milliseconds(5))
            for record in records {
                let id = record.headers.first { $0.name == "ce_id" }?.value ?? []
                values[String(decoding: id, as: UTF8.self)] = record.value ?? []
            }
        }
        _ = await consumer.close(deadline: .seconds(2))
        return values
    }

    private static let silent = Logger(service: "test", version: "1", level: .error, time: .system) { _ in }
}
