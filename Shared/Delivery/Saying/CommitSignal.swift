internal import Runtime
internal import Synchronization

/// Wakes the relay after a commit, and lets it linger for more.
final class CommitSignal: Sendable {
    private struct State {
        var raised = false
        var waiter: StopSignal?
    }

    private let state = Mutex(State())

    /// Called on the store's writer thread.
    func raise() {
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
    func wait(or stop: StopSignal, linger: Duration) async {
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
