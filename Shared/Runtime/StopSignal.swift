internal import Synchronization

/// A request to finish, seen by one part of a service. Asking is once and for ever; it is not a cancellation: work in
/// hand is brought to its end.
public final class StopSignal: Sendable {
    private struct State {
        var stopping = false
        var nextWaiter = 0
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// A signal that nobody has raised.
    public init() {}

    /// Whether the part was asked to finish. Cheap; any thread.
    public var isStopping: Bool { state.withLock { $0.stopping } }

    /// Asks the part to finish. The second call changes nothing.
    public func stop() {
        let waiters = state.withLock { state in
            state.stopping = true
            let waiters = state.waiters.values
            state.waiters = [:]
            return Array(waiters)
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns when the part is asked to finish, or when the task is cancelled.
    public func wait() async {
        let key = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let over = state.withLock { state in
                    if state.stopping || Task.isCancelled { return true }
                    state.waiters[key] = continuation
                    return false
                }
                if over { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: key) }?.resume()
        }
    }

    /// Sleeps, but no longer than until the part is asked to finish.
    /// - Returns: true when the whole time passed, false when asked to finish or cancelled.
    public func sleep(for duration: Duration) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                do {
                    try await Task.sleep(for: duration)
                    return true
                } catch {
                    return false
                }
            }
            group.addTask {
                await self.wait()
                return false
            }
            let first = await group.next() ?? false
            group.cancelAll()
            return first
        }
    }
}
