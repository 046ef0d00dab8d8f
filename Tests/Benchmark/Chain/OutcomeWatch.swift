import Events
import Foundation
import Kafka
import Runtime
import Support
import Synchronization
import Telemetry

/// Reads the outcomes' topic as it grows and notes when each form's result can be read: from submission to scored.
final class OutcomeWatch: Sendable {
    private struct State {
        var due: [String: ContinuousClock.Instant] = [:]
        var latencies: [Duration] = []
    }

    private let servers: String
    private let prefix: String
    private let state = Mutex(State())

    /// - Parameter prefix: what stands before the names of topics.
    init(servers: String, prefix: String = "") {
        self.servers = servers
        self.prefix = prefix
    }

    /// A form is about to be sent, or should have been.
    func expect(_ screening: String, since instant: ContinuousClock.Instant) {
        state.withLock { $0.due[screening.lowercased()] = instant }
    }

    /// The latencies since they were taken last, in the order in which outcomes came.
    func takeLatencies() -> [Duration] {
        state.withLock { state in
            defer { state.latencies = [] }
            return state.latencies
        }
    }

    var missing: Int { state.withLock { $0.due.count } }

    /// Reads until cancelled; `ready` is called when it stands at the end of every partition.
    func run(ready: @Sendable () -> Void) async throws {
        let logger = Logger(service: "benchmark", version: "1", level: .error, time: .system) { _ in }
        // The wait of a fetch is a fetch's own delay on the development broker, and must not be what is measured.
        let settings = KafkaSettings(
            bootstrapServers: servers, topicPrefix: prefix,
            overrides: ["fetch.wait.max.ms": "2", "fetch.min.bytes": "1"])
        let consumer = try KafkaConsumer(
            settings: settings, group: "benchmark", logger: logger, metrics: MetricsRegistry())
        let topic = Topic.outcomes.name(prefix: prefix)
        let partitions = (0..<Catalogue.childPartitions).map { TopicPartition(topic: topic, partition: $0) }
        let marks = try await consumer.watermarks(of: partitions, timeout: .seconds(10))
        try await consumer.assign(marks.mapValues(\.high))
        ready()
        while !Task.isCancelled {
            let records = try await consumer.poll(recordsMax: 500, bytesMax: 1 << 20, bytesMin: 1, linger: .zero)
            let now = ContinuousClock.now
            for record in records { note(record, at: now) }
        }
        _ = await consumer.close(deadline: .seconds(2))
    }

    private func note(_ record: ConsumedRecord, at now: ContinuousClock.Instant) {
        guard let subject = record.headers.first(where: { $0.name == "ce_subject" })?.value else { return }
        let screening = String(decoding: subject, as: UTF8.self).lowercased()
        state.withLock { state in
            if let due = state.due.removeValue(forKey: screening) { state.latencies.append(now - due) }
        }
    }
}
