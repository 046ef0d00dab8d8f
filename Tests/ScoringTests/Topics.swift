import Events
import Foundation
import Kafka
import Runtime
import Telemetry

/// The catalogue's topics for a mock cluster, and what stands on one of them.
enum Topics {
    static let all = Dictionary(
        uniqueKeysWithValues: Topic.allCases.map { ($0.name(), Int(Catalogue.contract(for: $0).partitions)) })

    /// Reads a topic from its beginning until `enough`; gives the values by event id, so that a repetition shows once.
    static func read(
        _ topic: Topic, from bootstrapServers: String, until enough: ([String: [UInt8]]) -> Bool
    ) async throws -> [String: [UInt8]] {
        let logger = Logger(service: "test", version: "1", level: .error, time: .system) { _ in }
        let consumer = try KafkaConsumer(
            settings: KafkaSettings(
                bootstrapServers: bootstrapServers, overrides: ["fetch.wait.max.ms": "10"]),
            group: "test", logger: logger, metrics: MetricsRegistry())
        let partitions = Catalogue.contract(for: topic).partitions
        try await consumer.assign(
            Dictionary(
                uniqueKeysWithValues: (0..<partitions).map { (TopicPartition(topic: topic.name(), partition: $0), 0) }))
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
}
