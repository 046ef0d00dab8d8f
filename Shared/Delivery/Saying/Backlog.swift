public import Runtime
internal import Synchronization

/// How much waits in the outbox, as the relay last saw it. For readiness, metrics and the bound on new work.
public final class Backlog: Sendable {
    private let state = Mutex<(rows: Int64, oldest: Timestamp?, stopped: [String: String])>((0, nil, [:]))
    private let rowsMax: Int

    init(rowsMax: Int) {
        self.rowsMax = rowsMax
    }

    /// Rows said and not yet published, as old as a look at most.
    public var rows: Int64 { state.withLock { $0.rows } }
    /// When the oldest of them was said.
    public var oldest: Timestamp? { state.withLock { $0.oldest } }
    /// Topics at which publishing stopped, and why.
    public var stoppedTopics: [String: String] { state.withLock { $0.stopped } }
    /// Whether the service must take no more over HTTP until the broker has taken some.
    public var isFull: Bool { rows >= Int64(rowsMax) }

    func saw(rows: Int64, oldest: Timestamp?, stopped: [String: String]) {
        state.withLock { $0 = (rows, oldest, stopped) }
    }
}
