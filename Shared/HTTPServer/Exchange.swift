internal import CMicroHTTPD
internal import Synchronization
internal import Telemetry

/// One request from its headers to the last byte of its answer.
///
/// The library's thread brings the head and the body; a task of the router gives the answer; the library's thread sends
/// it. It is answered exactly once: by the handler, by its deadline, or by a server that stops, whoever is first.
final class Exchange: Sendable {
    /// What was decided at the headers.
    struct Admitted: Sendable {
        let entry: Router.Entry
        let parameters: [String: String]
        let caller: Caller?
        let bodyBytesMax: Int
        let timeout: Duration
    }

    let head: RequestHead
    /// Nil for a request that was refused at its headers.
    let admitted: Admitted?
    /// The route's full pattern, if one was found.
    let routePattern: String?
    let errors: ErrorBody
    /// Whether the answer goes out before a byte of the body was read.
    let answersAtHeaders: Bool
    let trace: TraceContext
    let connection: Connection
    let startedAt: ContinuousClock.Instant
    private let state: Mutex<State>

    private struct State: ~Copyable {
        var body: [UInt8] = []
        var bodyBytesSeen = 0
        var response: Response?
        var token: ConnectionToken?
        var waiter: CheckedContinuation<Void, Never>?
        var deadline: ContinuousClock.Instant?
    }

    /// - Parameter response: the answer, when the request was refused at its headers.
    init(
        head: RequestHead, admitted: Admitted?, routePattern: String?, errors: ErrorBody, response: Response? = nil,
        answersAtHeaders: Bool = false, trace: TraceContext, connection: Connection,
        startedAt: ContinuousClock.Instant
    ) {
        self.head = head
        self.admitted = admitted
        self.routePattern = routePattern
        self.errors = errors
        self.answersAtHeaders = answersAtHeaders
        self.trace = trace
        self.connection = connection
        self.startedAt = startedAt
        state = Mutex(State(response: response))
    }

    /// The answer, once there is one.
    var response: Response? { state.withLock { $0.response } }

    /// The body that came in. Complete once the request was handed over.
    var body: [UInt8] { state.withLock { $0.body } }

    /// When the answer must be there; nil before the request is whole.
    var deadline: ContinuousClock.Instant? { state.withLock { $0.deadline } }

    /// Takes the next piece of the body. What follows a refusal, or goes beyond the limit, is dropped; the refusal can
    /// only be sent at the end (the library takes no answer in between).
    /// - Returns: false when so much too much came that the connection should be cut.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let bytesMax = admitted?.bodyBytesMax ?? 0
        return state.withLock { state in
            state.bodyBytesSeen += bytes.count
            if state.response == nil {
                if state.bodyBytesSeen <= bytesMax {
                    state.body.append(contentsOf: bytes)
                } else {
                    state.body = []
                    state.response = errors.response(to: .bodyTooLarge(bytesMax))
                }
            }
            return state.bodyBytesSeen <= 4 * bytesMax + Self.droppedBytesMax
        }
    }

    /// What is read and dropped of the body of a refused request, so that its sender gets to read the refusal: closing
    /// a connection with unread bytes makes TCP throw away the answer.
    static let droppedBytesMax = 64 * 1024

    /// Suspends the connection until the answer is there. Only inside the request callback, on a whole request.
    func suspend(_ connection: OpaquePointer, deadline: ContinuousClock.Instant) {
        state.withLock { state in
            state.token = ConnectionToken(suspending: connection)
            state.deadline = deadline
        }
    }

    /// Gives the answer and wakes the connection. Any thread.
    /// - Returns: false when another answer was there already; this one is dropped.
    @discardableResult
    func answer(_ response: Response) -> Bool {
        let awakening = state.withLock { state in
            guard state.response == nil else { return Awakening(token: nil, waiter: nil) }
            state.response = response
            let waiter = state.waiter
            state.waiter = nil
            return Awakening(token: state.token.take(), waiter: waiter)
        }
        return awakening.perform()
    }

    /// Returns when an answer was given, by whomever.
    func waitForAnswer() async {
        await withCheckedContinuation { continuation in
            let answered = state.withLock { state in
                if state.response == nil { state.waiter = continuation }
                return state.response != nil
            }
            if answered { continuation.resume() }
        }
    }

    /// What an answer sets in motion, outside the lock.
    private struct Awakening: ~Copyable {
        var token: ConnectionToken?
        let waiter: CheckedContinuation<Void, Never>?

        consuming func perform() -> Bool {
            let waiter = waiter
            guard let token else { return false }
            token.resume()
            waiter?.resume()
            return true
        }
    }
}
