internal import Telemetry

/// The numbers of one client. Names end in their unit; the label tells consumer from producer.
struct ClientMetrics: Sendable {
    let unknownEvents: Counter
    let unreadableStatistics: Counter
    let commitFailures: Counter
    let rebuilds: Counter
    let records: Counter
    private let available: Gauge
    private let roundTrip: Gauge
    private let throttle: Gauge
    private let transmitErrors: Gauge
    private let transmitRetries: Gauge
    private let fetchQueueBytes: Gauge
    private let queuedRecords: Gauge
    private let queuedBytes: Gauge
    private let registry: MetricsRegistry
    private let group: String

    init(_ role: Role, group: String, registry: MetricsRegistry) {
        self.registry = registry
        self.group = group
        let labels = [("client", role.rawValue)]
        func counter(_ name: String, _ help: String) -> Counter {
            registry.counter("kafka_client_\(name)_total", help: help, labels: labels)
        }
        func gauge(_ name: String, _ help: String) -> Gauge {
            registry.gauge("kafka_client_\(name)", help: help, labels: labels)
        }
        unknownEvents = counter("unknown_events", "Events of librdkafka that this program doesn't know.")
        unreadableStatistics = counter("unreadable_statistics", "Statistics that could not be decoded.")
        commitFailures = counter("commit_failures", "Advisory commits that the broker did not take.")
        rebuilds = counter("rebuilds", "Clients made anew after a fatal error or a purge.")
        records = counter("records", "Records read, or acknowledged by the broker.")
        available = gauge("broker_available", "1 while a connection to a broker stands.")
        roundTrip = gauge("round_trip_p99_seconds", "The slowest broker's 99th percentile of answers.")
        throttle = gauge("throttle_seconds", "The longest wait that a broker imposed lately.")
        transmitErrors = gauge("transmit_errors", "Requests that could not be sent since the client was made.")
        transmitRetries = gauge("transmit_retries", "Requests sent again since the client was made.")
        fetchQueueBytes = gauge("fetch_queue_bytes", "Records fetched and not yet read.")
        queuedRecords = gauge("queued_records", "Records handed over and not yet acknowledged.")
        queuedBytes = gauge("queued_bytes", "Bytes of the records handed over and not yet acknowledged.")
    }

    func show(isAvailable: Bool) { available.set(isAvailable ? 1 : 0) }

    func show(_ statistics: Statistics) {
        let brokers = statistics.brokers.values
        roundTrip.set(Double(brokers.map(\.rtt.p99).max() ?? 0) / 1e6)
        throttle.set(Double(brokers.map(\.throttle.max).max() ?? 0) / 1e3)
        transmitErrors.set(Double(brokers.reduce(0) { $0 + $1.txerrs }))
        transmitRetries.set(Double(brokers.reduce(0) { $0 + $1.txretries }))
        let partitions = statistics.topics.values.flatMap(\.partitions.values)
        fetchQueueBytes.set(Double(partitions.reduce(0) { $0 + $1.fetchQueueBytes }))
        queuedRecords.set(Double(statistics.queuedMessages))
        queuedBytes.set(Double(statistics.queuedBytes))
    }

    /// Lag from the store's next offset: librdkafka's own stays at -1 until something was committed (measured).
    func showLag(of place: TopicPartition, end: Int64, next: Int64) {
        registry.gauge(
            "kafka_consumergroup_lag", help: "Records between the store's next offset and the end of the log.",
            labels: [
                ("consumergroup", group), ("topic", place.topic), ("partition", String(place.partition)),
            ]
        ).set(Double(max(end - next, 0)))
    }
}
