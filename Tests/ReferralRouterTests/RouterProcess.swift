import Events
import Foundation
import Kafka
import Runtime
import Support
import Telemetry

@testable import ReferralRouter

/// A router process on a broker, fed as intake and the notifier would, with the demo's contact lists.
struct RouterProcess: Sendable {
    static let topics = Dictionary(
        uniqueKeysWithValues: Topic.allCases.map { ($0.name(), Int(Catalogue.contract(for: $0).partitions)) })

    let servers: String
    let service: ServiceProcessUnderTest

    init(_ servers: String, environment: [String: String] = [:]) throws {
        self.servers = servers
        var all = [
            "CONTACT_LISTS_FILE": ContactListsFileTests.demoPath, "WITNESS_INTERVAL_SECONDS": "1",
            "WITNESS_WATCH_SECONDS": "4",
        ]
        all.merge(environment) { $1 }
        service = try ServiceProcessUnderTest("referral-router", bootstrapServers: servers, environment: all)
    }

    func publish(_ records: [TestRecord]) async throws {
        let logger = Logger(service: "test", version: "1", level: .error, time: .system) { _ in }
        let producer = try KafkaProducer(
            settings: KafkaSettings(bootstrapServers: servers), logger: logger, metrics: MetricsRegistry())
        let results = await producer.publish(records.map(\.outgoing), deadline: .seconds(30))
        _ = await producer.close(deadline: .seconds(2))
        for result in results {
            if case .persisted = result { continue }
            throw ServiceProcessUnderTest.Trouble(description: "the broker did not take a record")
        }
    }

    /// What stands on a topic, once there is enough: values by type, subject and revision, so that a repetition shows
    /// once.
    func facts(
        on topic: Topic, until enough: ([String: [UInt8]]) -> Bool
    ) async throws -> [String: [UInt8]] {
        let logger = Logger(service: "test", version: "1", level: .error, time: .system) { _ in }
        let consumer = try KafkaConsumer(
            settings: KafkaSettings(bootstrapServers: servers, overrides: ["fetch.wait.max.ms": "10"]), group: "test",
            logger: logger, metrics: MetricsRegistry())
        let partitions = Catalogue.contract(for: topic).partitions
        try await consumer.assign(
            Dictionary(
                uniqueKeysWithValues: (0..<partitions).map { (TopicPartition(topic: topic.name(), partition: $0), 0) }))
        var facts: [String: [UInt8]] = [:]
        let deadline = ContinuousClock.now + .seconds(20)
        while !enough(facts), ContinuousClock.now < deadline {
            let records = try await consumer.poll(
                recordsMax: 500, bytesMax: 1 << 20, bytesMin: 0, linger: .milliseconds(5))
            for record in records {
                let envelope = try Envelope(
                    headers: record.headers.map { EventHeader(name: $0.name, value: $0.value) })
                facts["\(envelope.type) \(envelope.subject) \(envelope.revision)"] = record.value ?? []
            }
        }
        _ = await consumer.close(deadline: .seconds(2))
        return facts
    }

    func stop() async throws {
        service.signal(SIGTERM)
        guard try await service.ending() == .exited(0) else {
            throw ServiceProcessUnderTest.Trouble(description: "did not drain: \(service.log.suffix(5))")
        }
    }
}
