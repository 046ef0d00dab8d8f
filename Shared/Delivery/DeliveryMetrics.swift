internal import Kafka
internal import Synchronization
internal import Telemetry

/// What the worker counts.
struct WorkerMetrics: Sendable {
    private let done: Counter
    private let repeated: Counter
    private let parked: [ParkedState: Counter]
    private let postponed: Counter
    private let unanswered: Counter
    private let fenced: Counter
    private let registry: MetricsRegistry

    init(_ registry: MetricsRegistry) {
        self.registry = registry
        let name = "screening_events_consumed_total"
        let help = "Records taken from topics, by what became of them."
        done = registry.counter(name, help: help, labels: [("outcome", "applied")])
        repeated = registry.counter(name, help: help, labels: [("outcome", "repeated")])
        let states: [ParkedState] = [.refused, .died, .unknownType, .early, .behind]
        parked = Dictionary(
            uniqueKeysWithValues: states.map { state in
                (state, registry.counter(name, help: help, labels: [("outcome", "parked-" + state.rawValue)]))
            })
        postponed = registry.counter("delivery_batches_postponed_total", help: "Batches undone and tried again.")
        unanswered = registry.counter("delivery_questions_unanswered_total", help: "Questions the broker left open.")
        fenced = registry.counter(
            "delivery_fenced_marks_total", help: "Marks seen that a process under a lower epoch left over ours.")
    }

    func count<Handler>(_ tally: BatchWriter<Handler>.Tally) {
        done.add(tally.done)
        repeated.add(tally.repeated)
        for (state, count) in tally.parked { parked[state]?.add(count) }
    }

    func batchPostponed() { postponed.add() }
    func questionFailed() { unanswered.add() }
    func fencedMarks(_ count: Int) { fenced.add(count) }

    /// Where reading stands, under the name that dashboards know.
    func reading(_ next: [TopicPartition: Int64]) {
        for (place, offset) in next {
            registry.gauge(
                "kafka_consumergroup_current_offset", help: "The next offset in the store.",
                labels: [("topic", place.topic), ("partition", String(place.partition))]
            ).set(Double(offset))
        }
    }
}

/// What the relay counts.
struct RelayMetrics: Sendable {
    let published: Counter
    let repeated: Counter
    let refused: Counter
    private let pending: Gauge

    init(_ registry: MetricsRegistry) {
        let name = "delivery_events_published_total"
        let help = "Outbox rows sent, by the broker's answer."
        published = registry.counter(name, help: help, labels: [("result", "persisted")])
        repeated = registry.counter(name, help: help, labels: [("result", "retry")])
        refused = registry.counter(name, help: help, labels: [("result", "refused")])
        pending = registry.gauge("screening_outbox_pending", help: "Outbox rows not yet published.")
    }

    func waiting(_ rows: Int64) { pending.set(Double(rows)) }
}
