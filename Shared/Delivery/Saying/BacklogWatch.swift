internal import Events
internal import Runtime
internal import Store

/// Looks, a few times a second, how much waits in the outbox.
///
/// A part of its own: the relay may wait long for its broker, or not have begun at all while the log is unexamined, and
/// the bound on new work must hold then above all.
struct BacklogWatch: RunningPart {
    let name = "backlog-watch"
    let store: Store
    let topics: [Topic]
    let backlog: Backlog
    let interval: Duration
    let metrics: RelayMetrics

    func run(until stop: StopSignal) async throws {
        var stoppedRows = StoppedRows()
        repeat {
            do {
                stoppedRows = try await look(stoppedRows)
            } catch let failure as StoreFailure where failure.decision == .retry {
                // The last look stands: what can't be read for want of room isn't growing either.
            }
        } while await stop.sleep(for: interval)
    }

    private func look(_ before: StoppedRows) async throws -> StoppedRows {
        let topics = self.topics
        let backlog = self.backlog
        return try await store.read { [metrics] scope in
            let marks = try PublishedMarks.load(topics: topics, in: scope)
            let last = try scope.first("SELECT max(seq) FROM outbox") { $0.integer(0) } ?? 0
            let reached = try PublishedMarks.reached(topics: topics, in: scope)
            let oldest = try scope.first(
                "SELECT time FROM outbox WHERE seq > ? ORDER BY seq LIMIT 1", .integer(marks.position)
            ) { $0.time(0) }
            var stoppedRows = before
            try stoppedRows.count(marks.stopped.keys, after: reached, to: last, in: scope)
            let going = topics.filter { marks.stopped[$0] == nil }.map { reached[$0, default: 0] }.min()
            // Below zero when the last rows of the journal were erased.
            let rows = max(0, last - marks.position)
            let unpublished = max(0, last - (going ?? last)) + stoppedRows.total
            let stopped = marks.stopped.map { ($0.key.rawValue, $0.value) }
            backlog.saw(
                rows: rows, unpublished: unpublished, oldest: oldest,
                stopped: Dictionary(uniqueKeysWithValues: stopped))
            metrics.waiting(rows)
            return stoppedRows
        }
    }
}

/// How many rows of each stopped topic wait. Each row is looked at once: a topic may stand for days.
struct StoppedRows: Sendable {
    private var seen: [Topic: (upTo: Int64, rows: Int64)] = [:]

    var total: Int64 { seen.values.reduce(0) { $0 + $1.rows } }

    /// Counts what came since the last time. A topic that goes on again is forgotten.
    mutating func count(
        _ stopped: some Collection<Topic>, after reached: [Topic: Int64], to last: Int64, in scope: ReadScope
    ) throws {
        seen = seen.filter { stopped.contains($0.key) }
        for topic in stopped {
            let before = seen[topic] ?? (reached[topic, default: 0], 0)
            let rows = try scope.count(
                "SELECT count(*) FROM outbox WHERE seq > ? AND seq <= ? AND topic = ?", .integer(before.upTo),
                .integer(last), .text(topic.rawValue))
            seen[topic] = (max(before.upTo, last), before.rows + Int64(rows))
        }
    }
}
