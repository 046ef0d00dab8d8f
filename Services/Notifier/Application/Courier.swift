internal import Delivery
internal import Events
internal import Foundation
internal import Runtime
internal import Store
internal import Telemetry

/// Carries notices to the recipients: begins what is due, sends it, writes how it went.
///
/// At least once, always under the same id: an attempt that a crash cut off is made again. An attempt begins only by
/// `AttemptBeginning`, in a transaction that holds the check and the record of it.
struct Courier: RunningPart {
    let name = "courier"
    let store: Store
    let endpoints: [String: Endpoint]
    let beginning: AttemptBeginning
    let outcome: AttemptOutcome
    let sender: any WebhookSender
    let lanes: Lanes
    let wake = CommitSignal()
    let time: TimeSource
    let jitter: @Sendable () -> Double
    let logger: Logger
    let metrics: CourierMetrics

    /// Between the write that let something be due and the attempt.
    private static let linger = Duration.milliseconds(5)

    func run(until stop: StopSignal) async throws {
        try await recover()
        store.whenCommitted { wake.raise() }
        try await withThrowingDiscardingTaskGroup { group in
            while !stop.isStopping {
                for attempt in try await turn() {
                    group.addTask { try await perform(attempt, until: stop) }
                }
                await wake.wait(or: stop, linger: Self.linger)
            }
        }
    }

    /// Takes up what the process before this one left under way.
    func recover() async throws {
        let outcome = self.outcome
        let now = time.now()
        let cutOff = try await store.write { try outcome.recover(now: now, in: $0) }
        if cutOff > 0 {
            logger.warning("attempts were cut off and are made again", Field("count", shown: cutOff))
        }
    }

    /// Begins what is due now and has a free lane. Writes nothing when there is nothing to begin.
    func turn() async throws -> [Attempt] {
        let now = time.now()
        metrics.circuitsOpen.set(Double(lanes.open(at: now)))
        let fresh = beginning.viewIsFresh(now)
        metrics.viewIsFresh.set(fresh ? 1 : 0)
        guard fresh else { return [] }
        let due = try await store.read { try AttemptBeginning.dueRecipients(at: now, in: $0) }
        let slots = lanes.slots(for: due, at: now)
        guard !slots.isEmpty else { return [] }
        let beginning = self.beginning
        do {
            let time = self.time
            let begun = try await store.write { try beginning.begin(slots, now: time.now(), in: $0) }
            for attempt in begun { lanes.began(attempt.recipient) }
            return begun
        } catch let failure as StoreFailure where failure.decision == .retry {
            logger.warning("the store took no attempt; trying again", Field("hint", shown: failure.hint))
            return []
        }
    }

    /// Sends one attempt and writes how it went.
    func perform(_ attempt: Attempt, until stop: StopSignal) async throws {
        NotifierFaultPoints.beforeAttempt.reach()
        let result: AttemptResult
        if let endpoint = endpoints[attempt.recipient] {
            let signature = WebhookSignature(
                id: attempt.delivery.text, at: time.now(), body: attempt.body, secrets: endpoint.secrets)
            result = await sender.send(attempt.body, signed: signature, to: endpoint.url)
        } else {
            result = .interrupted
        }
        NotifierFaultPoints.attempted.reach()
        metrics.attempted(result)
        if result != .interrupted { try await write(result, of: attempt, until: stop) }
        lanes.ended(attempt.recipient, result, at: time.now(), jitter: jitter())
        wake.raise()
    }

    /// Writes until it is on disk. When asked to stop before that, the next start makes the attempt again.
    private func write(_ result: AttemptResult, of attempt: Attempt, until stop: StopSignal) async throws {
        let outcome = self.outcome
        let backoff = Backoff(first: .milliseconds(200), ceiling: .seconds(10))
        var failures = 0
        while true {
            do {
                let now = time.now()
                let state = try await store.write { try outcome.record(result, of: attempt, now: now, in: $0) }
                return tell(result, state, of: attempt)
            } catch let failure as StoreFailure where failure.decision == .retry {
                failures += 1
                logger.warning("an attempt's result waits for the store", Field("hint", shown: failure.hint))
                let pause = backoff.delay(afterFailures: failures, jitter: jitter())
                guard await stop.sleep(for: pause) else { return }
            }
        }
    }

    private func tell(_ result: AttemptResult, _ state: PlannedDelivery.State?, of attempt: Attempt) {
        let fields = [
            Field("recipient", shown: attempt.recipient), Field("attempt", shown: attempt.number),
            Field("result", shown: result.name),
        ]
        switch (result, state) {
        case (.gone, _):
            logger.error("an endpoint says it is gone; deliveries wait for another address", fields[0], fields[1])
        case (_, .exhausted):
            logger.error("a notice is given up; somebody must call", fields[0], fields[1], fields[2])
        case (.failed, _): logger.warning("an attempt failed", fields[0], fields[1], fields[2])
        case (.taken, _), (.interrupted, _): break
        }
    }
}

/// What the courier counts.
struct CourierMetrics: Sendable {
    let circuitsOpen: Gauge
    let viewIsFresh: Gauge
    private let registry: MetricsRegistry

    init(_ registry: MetricsRegistry) {
        self.registry = registry
        circuitsOpen = registry.gauge("notifier_circuits_open", help: "Recipients that are not tried for a while.")
        viewIsFresh = registry.gauge(
            "notifier_view_fresh", help: "1 while consents and referrals were seen to their ends within a minute.")
    }

    func attempted(_ result: AttemptResult) {
        registry.counter(
            "notifier_attempts_total", help: "Attempts to deliver, by how they ended.",
            labels: [("result", result.name)]
        ).add()
    }
}
