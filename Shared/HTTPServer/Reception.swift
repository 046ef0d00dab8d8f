internal import Telemetry

/// Where the library's threads meet the router's tasks: takes requests in at their headers, hands whole ones over, and
/// gives the answers. Everything here may be called from any thread, unless it says otherwise.
final class Reception: Sendable {
    let admission: Admission
    let signIn: (any SignIn)?
    let asksForCertificates: Bool
    let work: OpenWork
    let telemetry: RequestTelemetry
    private let arriving: AsyncStream<Exchange>.Continuation
    private let randomBits: @Sendable () -> UInt64

    /// - Parameter arriving: takes the whole requests. Its buffer needs no bound: `work` admits no more.
    init(
        admission: Admission, signIn: (any SignIn)?, asksForCertificates: Bool, work: OpenWork,
        telemetry: RequestTelemetry, arriving: AsyncStream<Exchange>.Continuation,
        randomBits: @escaping @Sendable () -> UInt64
    ) {
        self.admission = admission
        self.signIn = signIn
        self.asksForCertificates = asksForCertificates
        self.work = work
        self.telemetry = telemetry
        self.arriving = arriving
        self.randomBits = randomBits
    }

    /// Judges a request at its headers. Only inside the request callback; `ended` follows in any case.
    func begin(_ head: RequestHead, on connection: Connection, peer: Admission.Peer) -> Exchange {
        let now = ContinuousClock.now
        let trace = TraceContext.continuing(head.headers[TraceContext.headerName], randomBits: randomBits)
        let limits = admission.limits
        switch admission.verdict(on: head, peer: peer, overload: work.begin()) {
        case .accepted(let entry, let parameters, let caller):
            let admitted = Exchange.Admitted(
                entry: entry, parameters: parameters, caller: caller,
                bodyBytesMax: entry.route.bodyBytesMax ?? limits.bodyBytesMax,
                timeout: entry.route.timeout ?? limits.requestTimeout)
            return Exchange(
                head: head, admitted: admitted, routePattern: entry.fullPattern, errors: entry.errors, trace: trace,
                connection: connection, startedAt: now)
        case .refused(let problem, let errors, let entry, let mayReadBody):
            let readsBody =
                mayReadBody && head.announcesBody && !head.expectsContinue
                && head.contentLength ?? 0 <= Exchange.droppedBytesMax
            return Exchange(
                head: head, admitted: nil, routePattern: entry?.fullPattern, errors: errors,
                response: errors.response(to: problem), answersAtHeaders: !readsBody, trace: trace,
                connection: connection, startedAt: now)
        }
    }

    /// Hands a whole request to the router. Only inside the request callback.
    func handOver(_ exchange: Exchange, suspending connection: OpaquePointer) {
        let timeout = exchange.admitted?.timeout ?? .zero
        exchange.connection.turnToServer()
        exchange.suspend(connection, deadline: .now + timeout)
        if work.wait(exchange) {
            arriving.yield(exchange)
        } else {
            answer(exchange, .unavailable("The server is stopping.", retryAfter: .seconds(5)))
        }
    }

    /// Answers with a refusal, unless there is an answer already.
    func answer(_ exchange: Exchange, _ problem: Problem) {
        exchange.answer(exchange.errors.response(to: problem))
        work.answered(exchange)
    }

    /// Answers what is overdue and cuts off what is too slow.
    func keepTime(_ now: ContinuousClock.Instant) {
        for exchange in work.overdue(now) {
            answer(exchange, Problem(status: 504, detail: "The request took longer than its deadline."))
        }
        let cutOff = work.cutOffSlow(admission.limits.transferTimeout, now: now)
        telemetry.noteLoad(inFlight: work.requests, connections: work.connections, cutOff: cutOff)
    }

    /// Admits nothing more and answers what is left.
    func close() {
        for exchange in work.close() {
            answer(exchange, .unavailable("The server is stopping.", retryAfter: .seconds(5)))
        }
        arriving.finish()
    }
}
