internal import Synchronization

/// What a server has in hand: requests from their headers to their end, those that wait for an answer, handlers that
/// run, and open connections. Any thread.
final class OpenWork: Sendable {
    private struct State {
        var requests = 0
        var handlers = 0
        var waiting: [ObjectIdentifier: Exchange] = [:]
        var connections: [ObjectIdentifier: Connection] = [:]
        var isDraining = false
        var isClosed = false
    }

    private let state = Mutex(State())
    private let requestsMax: Int
    private let whenEmpty: @Sendable () -> Void

    /// - Parameter whenEmpty: called each time the last request ends while draining.
    init(requestsMax: Int, whenEmpty: @escaping @Sendable () -> Void) {
        self.requestsMax = requestsMax
        self.whenEmpty = whenEmpty
    }

    /// Whether answers should close their connection.
    var isDraining: Bool { state.withLock { $0.isDraining } }

    /// Requests that have begun and not ended.
    var requests: Int { state.withLock { $0.requests } }

    /// Open connections.
    var connections: Int { state.withLock { $0.connections.count } }

    /// Counts a request in, whether or not it will be refused.
    /// - Returns: the refusal when there is no room, or no more time.
    func begin() -> Problem? {
        state.withLock { state in
            state.requests += 1
            if state.isClosed { return .unavailable("The server is stopping.", retryAfter: .seconds(5)) }
            if max(state.requests, state.handlers) > requestsMax {
                return .unavailable("Too many requests at a time.", retryAfter: .seconds(1))
            }
            return nil
        }
    }

    /// Counts a request out.
    func end() {
        let isEmpty = state.withLock { state in
            state.requests -= 1
            return state.requests == 0 && state.isDraining
        }
        if isEmpty { whenEmpty() }
    }

    /// The request waits for its answer.
    /// - Returns: false when the server has closed; nobody will answer it then.
    func wait(_ exchange: Exchange) -> Bool {
        state.withLock { state in
            guard !state.isClosed else { return false }
            state.waiting[ObjectIdentifier(exchange)] = exchange
            return true
        }
    }

    /// The request has its answer.
    func answered(_ exchange: Exchange) {
        state.withLock { _ = $0.waiting.removeValue(forKey: ObjectIdentifier(exchange)) }
    }

    /// A handler begins or ends. One that doesn't heed its cancellation still counts.
    func handlers(_ change: Int) { state.withLock { $0.handlers += change } }

    /// The waiting requests whose deadline has passed.
    func overdue(_ now: ContinuousClock.Instant) -> [Exchange] {
        state.withLock { Array($0.waiting.values) }.filter { $0.deadline.map { $0 < now } ?? false }
    }

    /// From now on answers close their connections.
    func drain() {
        let isEmpty = state.withLock { state in
            state.isDraining = true
            return state.requests == 0
        }
        if isEmpty { whenEmpty() }
    }

    /// From now on no request is admitted.
    /// - Returns: the requests that still wait; the caller answers them.
    func close() -> [Exchange] {
        state.withLock { state in
            state.isDraining = true
            state.isClosed = true
            let waiting = Array(state.waiting.values)
            state.waiting = [:]
            return waiting
        }
    }

    /// A connection was opened.
    func opened(_ connection: Connection) {
        state.withLock { $0.connections[ObjectIdentifier(connection)] = connection }
    }

    /// A connection is about to be closed.
    func closed(_ connection: Connection) {
        state.withLock { _ = $0.connections.removeValue(forKey: ObjectIdentifier(connection)) }
    }

    /// Cuts off clients that have had their turn for longer than the limit.
    /// - Returns: how many.
    func cutOffSlow(_ limit: Duration, now: ContinuousClock.Instant) -> Int {
        let connections = state.withLock { Array($0.connections.values) }
        return connections.reduce(0) { $0 + ($1.cutOff(ifSlowerThan: limit, now: now) ? 1 : 0) }
    }
}
