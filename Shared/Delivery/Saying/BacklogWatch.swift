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
        repeat {
            do {
                try await look()
            } catch let failure as StoreFailure where failure.decision == .retry {
                // The last look stands: what can't be read for want of room isn't growing either.
            }
        } while await stop.sleep(for: interval)
    }

    func look() async throws {
        let topics = self.topics
        let (marks, last, oldest) = try await store.read { scope in
            let marks = try PublishedMarks.load(topics: topics, in: scope)
            let last = try scope.first("SELECT max(seq) FROM outbox") { $0.integer(0) } ?? 0
            let oldest = try scope.first(
                "SELECT time FROM outbox WHERE seq > ? ORDER BY seq LIMIT 1", .integer(marks.position)
            ) { $0.time(0) }
            return (marks, last, oldest)
        }
        // Below zero when the last rows of the journal were erased, or every topic is stopped.
        let rows = max(0, last - marks.position)
        let stopped = marks.stopped.map { ($0.key.rawValue, $0.value) }
        backlog.saw(rows: rows, oldest: oldest, stopped: Dictionary(uniqueKeysWithValues: stopped))
        metrics.waiting(rows)
    }
}
