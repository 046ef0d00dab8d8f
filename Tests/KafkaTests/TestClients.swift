import Foundation
import Kafka
import Runtime
import Synchronization
import Telemetry
import Testing

/// The clients of one test, with their logs and numbers.
final class TestClients: Sendable {
    let settings: KafkaSettings
    let metrics = MetricsRegistry()
    private let lines = Mutex<[String]>([])

    init(_ bootstrapServers: String, _ overrides: [String: String] = [:]) {
        var quick = overrides
        quick["statistics.interval.ms"] = quick["statistics.interval.ms"] ?? "200"
        settings = KafkaSettings(bootstrapServers: bootstrapServers, clientID: "test", overrides: quick)
    }

    var log: [String] { lines.withLock { $0 } }

    private var logger: Logger {
        Logger(service: "kafka-tests", version: "0", level: .debug, time: .system) { line in
            self.lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
        }
    }

    func consumer(group: String = "test") throws -> KafkaConsumer {
        try KafkaConsumer(settings: settings, group: group, logger: logger, metrics: metrics)
    }

    func producer() throws -> KafkaProducer {
        try KafkaProducer(settings: settings, logger: logger, metrics: metrics)
    }

    /// The value of a metric's line that starts with this text.
    func metric(_ start: String) -> Double? {
        String(decoding: metrics.render(), as: UTF8.self).split(separator: "\n").first { $0.hasPrefix(start) }
            .flatMap { $0.split(separator: " ").last }.flatMap { Double($0) }
    }
}

extension KafkaConsumer {
    /// Reads until there are `count` records, and fails when they don't come.
    func read(_ count: Int, within limit: Duration = .seconds(20)) async throws -> [ConsumedRecord] {
        var records: [ConsumedRecord] = []
        let end = ContinuousClock.now + limit
        while records.count < count {
            guard ContinuousClock.now < end else {
                Issue.record("only \(records.count) of \(count) records within \(limit)")
                return records
            }
            records += try await poll(recordsMax: 500, bytesMax: 1 << 20, bytesMin: 65_536, linger: .milliseconds(5))
        }
        return records
    }
}

extension PublishResult {
    var isPersisted: Bool { if case .persisted = self { true } else { false } }
    var retried: KafkaFailure? { if case .retry(let failure) = self { failure } else { nil } }
    var refused: KafkaFailure? { if case .refused(let failure) = self { failure } else { nil } }
}

extension OutgoingRecord {
    init(_ topic: String, _ key: String, _ value: String, headers: [Header] = []) {
        self.init(topic: topic, key: Array(key.utf8), value: Array(value.utf8), headers: headers)
    }
}

extension ConsumedRecord {
    var text: String? { value.map { String(decoding: $0, as: UTF8.self) } }
    var keyText: String? { key.map { String(decoding: $0, as: UTF8.self) } }
}

/// Waits for something that must come about, and fails when it doesn't.
func eventually(
    _ what: String, within limit: Duration = .seconds(15), _ condition: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + limit
    while try await !condition() {
        if ContinuousClock.now >= end {
            Issue.record("not within \(limit): \(what)")
            return
        }
        try await Task.sleep(for: .milliseconds(20))
    }
}
