public import Runtime
internal import Synchronization
public import Telemetry

/// An HTTP/1.1 server: routes, callers, limits and a graceful stop, over libmicrohttpd.
///
/// Parsing and sending happen on the library's threads, handlers on the cooperative pool. Every request gets an answer:
/// the handler's, a refusal, or one by its deadline. Ambiguous requests are refused; every refusal closes its
/// connection. A client that ends its side of the connection before the answer is on its way gets none.
public final class HTTPServer: RunningPart {
    /// What logs call the server.
    public let name: String
    private let settings: HTTPServerSettings
    private let admission: Admission
    private let signIn: (any SignIn)?
    private let telemetry: RequestTelemetry
    private let logger: Logger
    private let randomBits: @Sendable () -> UInt64
    private let state = Mutex(State())

    private struct State: ~Copyable {
        var socket: ListeningSocket?
        var port: UInt16?
        var hasStarted = false
    }

    /// A server that does not listen yet.
    /// - Parameter tokens: the machines that may call.
    /// - Parameter signIn: recognises people, asked where a request brings no token.
    /// - Parameter randomBits: for the identifiers of traces.
    /// - Throws: every rule that a route breaks: none may be without access, twice there, or a probe on a public
    ///   server.
    public init(
        _ settings: HTTPServerSettings, routes groups: [RouteGroup], tokens: TokenDirectory = .empty,
        signIn: (any SignIn)? = nil, logger: Logger, metrics: MetricsRegistry,
        randomBits: @escaping @Sendable () -> UInt64 = systemRandomBits
    ) throws(RoutingFaults) {
        name = settings.name
        self.settings = settings
        self.signIn = signIn
        self.logger = logger
        self.randomBits = randomBits
        admission = Admission(
            router: try Router(groups, allowsProbes: settings.kind == .operations), tokens: tokens,
            hasSignIn: signIn != nil, limits: settings.limits)
        telemetry = RequestTelemetry(server: settings.name, logger: logger, metrics: metrics)
    }

    /// Binds the address. Clients can connect from now on; they are answered once the server runs. The second call does
    /// nothing.
    /// - Throws: why the address cannot be had.
    public func start() throws(HTTPServerFailure) {
        try state.withLock { state throws(HTTPServerFailure) in
            guard !state.hasStarted else { return }
            let socket = try ListeningSocket(settings.address)
            state.port = socket.port
            state.socket = consume socket
            state.hasStarted = true
        }
    }

    /// The TCP port after `start`; nil before it and for a socket in the file system.
    public var port: UInt16? { state.withLock { $0.port } }

    /// Serves until `stop` is raised, then answers what is in hand and ends. Starts if that has not been done. Once
    /// only.
    ///
    /// Stopping: new connections are refused; requests that have begun get their answer, with `Connection: close`;
    /// after `drainTimeout` what is left gets 503 and its handlers are cancelled. Cancelling the task skips the
    /// waiting. Ends when every handler has heeded its cancellation.
    public func run(until stop: StopSignal) async throws {
        try start()
        let socket = state.withLock { $0.socket.take() }
        guard let socket else { throw HTTPServerFailure("the server has run already") }
        let empty = StopSignal()
        let ended = StopSignal()
        let (arrivals, arriving) = AsyncStream.makeStream(of: Exchange.self)
        let reception = Reception(
            admission: admission, signIn: signIn, asksForCertificates: settings.tls?.clientAuthoritiesPEM != nil,
            work: OpenWork(requestsMax: settings.limits.requestsInFlightMax) { empty.stop() }, telemetry: telemetry,
            arriving: arriving, randomBits: randomBits)
        let daemon = Daemon()
        try await daemon.start(reception, on: socket.descriptor, limits: settings.limits, tls: settings.tls)
        logger.info("HTTP server listens", Field("server", shown: name), Field("port", shown: socket.port ?? 0))
        await withDiscardingTaskGroup { group in
            group.addTask {
                while await ended.sleep(for: timekeeping) { reception.keepTime(.now) }
            }
            group.addTask { [settings] in
                await stop.wait()
                await daemon.quiesce()
                reception.work.drain()
                _ = await empty.sleep(for: settings.limits.drainTimeout)
                reception.close()
                await daemon.stop(when: { reception.work.requests == 0 }, waitingAtMost: .seconds(1))
                ended.stop()
            }
            for await exchange in arrivals {
                group.addTask { await reception.handle(exchange) }
            }
        }
        socket.end()
        logger.info("HTTP server stopped", Field("server", shown: name))
    }
}

/// How often deadlines are looked at; an answer by deadline is late by at most this.
private let timekeeping = Duration.milliseconds(100)

/// 64 bits of the operating system's randomness.
@Sendable public func systemRandomBits() -> UInt64 {
    var generator = SystemRandomNumberGenerator()
    return generator.next()
}
