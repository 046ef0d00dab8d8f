public import Runtime
internal import Synchronization

/// Wakes a part after a commit, and lets it linger for more: the relay, and parts that act on what is in the store.
public final class CommitSignal: Sendable {
    private struct State {
        var raised = false
        var waiter: StopSignal?
    }

    private let state = Mutex(State())

    /// A signal that nobody has raised.
    public init() {}

    /// Wakes the waiting part, or lets its next wait end at once. Any thread; `Store.whenCommitted` calls it.
    public func raise() {
        let waiter = state.withLock { state in
            state.raised = true
            let waiter = state.waiter
            state.waiter = nil
            return waiter
        }
        waiter?.stop()
    }

    /// Waits for a commit after the last wait, then `linger` longer; returns early when `stop` is raised. Comes back by
    /// itself once a second, so that a turn that found a topic stopped looks again.
    public func wait(or stop: StopSignal, linger: Duration) async {
        let mine = StopSignal()
        let already = state.withLock { state in
            let raised = state.raised
            state.raised = false
            if !raised { state.waiter = mine }
            return raised
        }
        if !already {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = await mine.sleep(for: .seconds(1)) }
                group.addTask { await stop.wait() }
                await group.next()
                group.cancelAll()
            }
        }
        _ = await stop.sleep(for: linger)
        state.withLock { $0.raised = false }
    }
}
