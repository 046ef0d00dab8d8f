public import Runtime
internal import Synchronization

/// How much waits in the outbox, as the watch last saw it. For readiness, metrics and the bound on new work.
public final class Backlog: Sendable {
    private struct Look {
        var rows: Int64 = 0
        var unpublished: Int64 = 0
        var oldest: Timestamp?
        var stopped: [String: String] = [:]
    }

    private let state = Mutex(Look())
    private let rowsMax: Int

    init(rowsMax: Int) {
        self.rowsMax = rowsMax
    }

    /// Rows on their way to the broker, those that go there again included. As old as a look at most.
    public var rows: Int64 { state.withLock { $0.rows } }
    /// Rows that the broker has never taken, those of stopped topics included.
    public var unpublishedRows: Int64 { state.withLock { $0.unpublished } }
    /// When the oldest row on its way was said.
    public var oldest: Timestamp? { state.withLock { $0.oldest } }
    /// Topics at which publishing stopped, and why.
    public var stoppedTopics: [String: String] { state.withLock { $0.stopped } }
    /// Whether the service must take no more over HTTP until the broker has taken some. A journal that goes on the
    /// broker again doesn't count: it grows by nothing.
    public var isFull: Bool { unpublishedRows >= Int64(rowsMax) }

    func saw(rows: Int64, unpublished: Int64, oldest: Timestamp?, stopped: [String: String]) {
        state.withLock { $0 = Look(rows: rows, unpublished: unpublished, oldest: oldest, stopped: stopped) }
    }
}
