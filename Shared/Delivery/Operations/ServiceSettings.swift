public import Configuration
internal import Events
internal import Kafka
public import Telemetry

/// What every service is told by its environment. The settings stand here once, with their defaults; the README's table
/// is made from them.
public struct ServiceSettings: Sendable {
    /// The region, as in `ce_source` and in every event.
    public let region: String
    /// The directory that holds the store, its lock and the control socket.
    public let dataDirectory: String
    /// Where the operations port listens.
    public let operationsListen: HostAndPort
    /// The least severe log lines that are written.
    public let logLevel: Logger.Level
    /// The whole budget of a stop after SIGTERM.
    public let drainTimeout: Duration
    /// The bounds of the delivery loop.
    public let limits: DeliveryLimits
    /// Keys for backups, newest first; without them backups are refused.
    public let backupKeys: Secret?

    let kafka: KafkaSettings

    /// Reads the settings of one service.
    init(_ reader: inout SettingsReader, service: ServiceName) {
        region = reader.value(.text("REGION", "the region's code, as in every event's source"))
        dataDirectory = reader.value(
            .path("DATA_DIRECTORY", "the directory of the store; one process at a time owns it"))
        operationsListen = reader.value(
            .hostAndPort(
                "OPERATIONS_LISTEN", default: HostAndPort(host: "127.0.0.1", port: service.operationsPort),
                "where health, metrics and counts are served; no sign-in, so keep it inside"))
        logLevel = reader.value(.choice("LOG_LEVEL", default: .info, "the least severe log lines that are written"))
        drainTimeout = reader.value(
            .seconds("DRAIN_TIMEOUT_SECONDS", in: 1...600, default: 20, "the budget of a stop after SIGTERM"))
        backupKeys = reader.value(
            Setting.secret(
                "BACKUP_KEYS", "keys that seal backups, lines of `id:` and 64 hexadecimal digits, newest first"
            ).optional)
        limits = Self.limits(&reader)
        kafka = Self.kafka(&reader, service: service)
    }

    private static func limits(_ reader: inout SettingsReader) -> DeliveryLimits {
        var limits = DeliveryLimits()
        limits.batchRecordsMax = reader.value(
            .integer("BATCH_RECORDS_MAX", in: 1...5000, default: limits.batchRecordsMax, "records of one transaction"))
        limits.batchLinger = reader.value(
            .milliseconds(
                "BATCH_LINGER_MILLISECONDS", in: 0...1000, default: 20, "how long a thin batch waits for more"))
        limits.outboxRowsMax = reader.value(
            .integer(
                "OUTBOX_ROWS_MAX", in: 1...10_000_000, default: limits.outboxRowsMax,
                "unpublished events beyond which HTTP writes are answered 503"))
        limits.witnessInterval = reader.value(
            .seconds("WITNESS_INTERVAL_SECONDS", in: 1...60, default: 10, "between two renewals of the broker's mark"))
        limits.witnessWatch = reader.value(
            .seconds(
                "WITNESS_WATCH_SECONDS", in: 1...600, default: 30,
                "how long a start watches for another process on the same store"))
        return limits
    }

    private static func kafka(_ reader: inout SettingsReader, service: ServiceName) -> KafkaSettings {
        let servers = reader.value(
            Setting.text("KAFKA_BOOTSTRAP_SERVERS", "addresses of the brokers, host:port, with commas between them"))
        let prefix = reader.value(
            Setting.text("KAFKA_TOPIC_PREFIX", default: "", "stands before every topic's name and every group's"))
        let overrides = reader.prefixed("RDKAFKA_")
        return KafkaSettings(
            bootstrapServers: servers, topicPrefix: prefix, clientID: "barnsakert-\(service.rawValue)",
            overrides: overrides)
    }
}

extension ServiceName {
    /// The default operations port; each service its own, so that all five run on one machine.
    var operationsPort: Int {
        switch self {
        case .intake: 9101
        case .scoring: 9102
        case .referralRouter: 9103
        case .notifier: 9104
        case .reporting: 9105
        }
    }

    /// The default public port of the services that have one.
    var publicPort: Int { operationsPort - 1000 }
}
