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
    let outbox: Outbox
    let producer: KafkaProducer
    let topics: [Topic]
    let names: TopicNames
    let readiness: LogReadiness
    let backlog: Backlog
    let wake: CommitSignal
    let limits: DeliveryLimits
    let logger: Logger
    let metrics: RelayMetrics

    func run(until stop: StopSignal) async throws {
        await readiness.wait(or: stop)
        guard readiness.isDeclared else { return }
        var failures = 0
        while true {
            let turn = try await self.turn()
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

    private func turn() async throws -> Turn {
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
        tell(marks, entries: entries, last: last)
        guard let lastEntry = entries.last else { return Turn() }
        let due = entries.filter(marks.isDue)
        DeliveryFaultPoints.beforePublish.reach()
        let results = due.isEmpty ? [] : await publish(due)
        DeliveryFaultPoints.published.reach()
        let (next, mustRetry) = PublishTurn(sent: due, results: results, lastSeq: lastEntry.seq).marks(after: marks)
        if next != marks { try await save(next) }
        DeliveryFaultPoints.marked.reach()
        count(results)
        for (topic, reason) in next.stopped where marks.stopped[topic] == nil {
            logger.error(
                "the broker refuses an event; its topic is stopped", Field("topic", shown: topic.rawValue),
                Field("kafka.code", shown: reason))
        }
        return Turn(mustRetry: mustRetry, isFull: lastEntry.seq < last)
    }

    /// Publishes, and looks meanwhile how much gathers: without a broker a chunk waits long, and the bound on new work must
    /// not wait with it.
    private func publish(_ due: [Outbox.Entry]) async -> [PublishResult] {
        await withTaskGroup { group in
            group.addTask { await watchBacklog() }
            let results = await producer.publish(due.map(record), deadline: limits.publishTimeout)
            group.cancelAll()
            return results
        }
    }

    /// Ends when cancelled, or when the store can't be read: the turn itself meets that and tells of it.
    private func watchBacklog() async {
        let topics = self.topics
        while true {
            do {
                try await Task.sleep(for: limits.backlogInterval)
                let rows = try await store.read { scope in
                    let last = try scope.first("SELECT max(seq) FROM outbox") { $0.integer(0) } ?? 0
                    return last - (try PublishedMarks.load(topics: topics, in: scope)).position
                }
                backlog.grew(to: rows)
                metrics.waiting(rows)
            } catch {
                return
            }
        }
    }

    /// A full disk postpones the mark: the chunk is published again and recognised by its ids.
    private func save(_ marks: PublishedMarks) async throws {
        do {
            try await store.write { try marks.save(in: $0) }
        } catch let failure as StoreFailure where failure.decision == .retry {
            logger.warning("the store could not take a watermark", Field("hint", shown: failure.hint))
        }
    }

    private func record(_ entry: Outbox.Entry) -> OutgoingRecord {
        OutgoingRecord(
            topic: names.name(of: entry.topic), key: Array(entry.envelope.partitionKey.utf8), value: entry.value,
            headers: entry.envelope.headers().map { Header(name: $0.name, value: $0.value) })
    }

    private func tell(_ marks: PublishedMarks, entries: [Outbox.Entry], last: Int64) {
        let waiting = entries.isEmpty ? 0 : last - marks.position
        let stopped = marks.stopped.map { ($0.key.rawValue, $0.value) }
        let oldest = entries.first(where: marks.isDue)?.envelope.time
        backlog.saw(rows: waiting, oldest: oldest, stopped: Dictionary(uniqueKeysWithValues: stopped))
        metrics.waiting(waiting)
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
