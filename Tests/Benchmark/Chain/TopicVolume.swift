import Events
import Foundation
import Kafka
import Runtime
import Support
import Telemetry

/// How many records the topics have got, how large they are, and which were dropped: the development broker keeps 5 MiB
/// of a partition and lets the rest go silently.
struct TopicVolume: Sendable {
    private static let sampledRecords = 200
    private static let timeout = Duration.seconds(10)

    /// Where each partition begins and ends.
    typealias Marks = [TopicPartition: Watermarks]

    let consumer: KafkaConsumer
    let prefix: String

    init(places: ChainPlaces) throws {
        let logger = Logger(service: "benchmark", version: "1", level: .error, time: .system) { _ in }
        prefix = places.topicPrefix
        consumer = try KafkaConsumer(
            settings: KafkaSettings(bootstrapServers: places.servers, topicPrefix: prefix), group: "benchmark",
            logger: logger, metrics: MetricsRegistry())
    }

    func marks() async throws -> Marks {
        let partitions = Catalogue.contracts.flatMap { contract in
            (0..<contract.partitions).map {
                TopicPartition(topic: contract.topic.name(prefix: prefix), partition: $0)
            }
        }
        return try await consumer.watermarks(of: partitions, timeout: Self.timeout)
    }

    /// Bytes of key, value and headers that were added, before any compression: records counted exactly, their size by
    /// the last of each topic.
    func bytesAdded(since before: Marks, until after: Marks) async throws -> [String: Int] {
        var added: [String: Int] = [:]
        for topic in Set(after.keys.map(\.topic)) {
            let places = after.filter { $0.key.topic == topic && $0.value.high > $0.value.low }
            let records = after.filter { $0.key.topic == topic }.reduce(0) { sum, mark in
                sum + Int(mark.value.high - (before[mark.key]?.high ?? 0))
            }
            guard records > 0, let (place, mark) = places.max(by: { $0.value.high < $1.value.high }) else { continue }
            let from = max(mark.low, mark.high - Int64(Self.sampledRecords))
            let sizes = try await sizes(from: from, to: mark.high, of: place)
            guard !sizes.isEmpty else { continue }
            added[String(topic.dropFirst(prefix.count))] = records * sizes.reduce(0, +) / sizes.count
        }
        return added
    }

    func close() async { _ = await consumer.close(deadline: .seconds(2)) }

    private func sizes(from: Int64, to: Int64, of place: TopicPartition) async throws -> [Int] {
        try await consumer.assign([place: from])
        let end = ContinuousClock.now + Self.timeout
        var sizes: [Int] = []
        while sizes.count < to - from, ContinuousClock.now < end {
            sizes += try await consumer.poll(recordsMax: 500, bytesMax: 1 << 20, bytesMin: 1, linger: .zero).map(
                \.bytes)
        }
        return sizes
    }
}
