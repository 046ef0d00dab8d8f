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
    /// - Parameter prefix: is put before the names of their topics.
    public static func publish(
        _ records: [OutgoingRecord], to bootstrapServers: String, prefix: String = ""
    ) async throws {
        let producer = try KafkaProducer(
            settings: KafkaSettings(bootstrapServers: bootstrapServers), logger: silent, metrics: MetricsRegistry())
        let placed = records.map {
            OutgoingRecord(topic: prefix + $0.topic, key: $0.key, value: $0.value, headers: $0.headers)
        }
        let results = await producer.publish(placed, deadline: .seconds(30))
        _ = await producer.close(deadline: .seconds(2))
        for result in results {
            switch result {
            case .refused(let failure), .retry(let failure): throw failure
            case .persisted: break
            }
        }
    }

    /// Reads topics from their beginnings until `enough` or until 20 s have passed; repetitions included.
    public static func records(
        on topics: [Topic], from bootstrapServers: String, prefix: String = "",
        until enough: ([ConsumedRecord]) throws -> Bool
    ) async throws -> [ConsumedRecord] {
        let consumer = try KafkaConsumer(
            settings: KafkaSettings(bootstrapServers: bootstrapServers, overrides: ["fetch.wait.max.ms": "10"]),
            group: "test", logger: silent, metrics: MetricsRegistry())
        let places = topics.flatMap { topic in
            (0..<Catalogue.contract(for: topic).partitions).map {
                (TopicPartition(topic: topic.name(prefix: prefix), partition: $0), Int64(0))
            }
        }
        try await consumer.assign(Dictionary(uniqueKeysWithValues: places))
        var records: [ConsumedRecord] = []
        let deadline = ContinuousClock.now + .seconds(20)
        while try !enough(records), ContinuousClock.now < deadline {
            records += try await consumer.poll(
                recordsMax: 500, bytesMax: 1 << 20, bytesMin: 0, linger: .milliseconds(5))
        }
        _ = await consumer.close(deadline: .seconds(2))
        return records
    }

    /// The same of one topic; values by event id, so that a repetition shows once.
    public static func read(
        _ topic: Topic, from bootstrapServers: String, prefix: String = "", until enough: ([String: [UInt8]]) -> Bool
    ) async throws -> [String: [UInt8]] {
        byID(try await records(on: [topic], from: bootstrapServers, prefix: prefix) { enough(byID($0)) })
    }

    /// The values by event id, so that a repetition shows once.
    public static func byID(_ records: [ConsumedRecord]) -> [String: [UInt8]] {
        let pairs = records.map { record in
            let id = record.headers.first { $0.name == "ce_id" }?.value ?? []
            return (String(decoding: id, as: UTF8.self), record.value ?? [])
        }
        return Dictionary(pairs) { _, last in last }
    }

    private static let silent = Logger(service: "test", version: "1", level: .error, time: .system) { _ in }
}
