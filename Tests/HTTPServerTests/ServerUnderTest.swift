import Cryptography
import HTTPServer
import Runtime
import Support
import Synchronization
import Telemetry

/// A server on a free port of 127.0.0.1, with what it wrote down.
struct ServerUnderTest: Sendable {
    let server: HTTPServer
    let metrics: MetricsRegistry
    let log: LogLines
    let logger: Logger
    let stop: StopSignal
    let ended: StopSignal

    var port: UInt16 { server.port ?? 0 }

    func connect() throws -> RawSocket { try RawSocket(port: port) }

    /// The answer to a request on a connection of its own.
    func answer(to request: String) async throws -> RawSocket.Answer {
        let client = try connect()
        return try await client.exchange(request)
    }

    /// The metrics as Prometheus would read them.
    var numbers: String { String(decoding: metrics.render(), as: UTF8.self) }
}

/// The log lines of a server.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: [UInt8]) { lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }
    var all: [String] { lines.withLock { $0 } }
}

/// How often something happened.
final class Tally: Sendable {
    private let value = Atomic(0)
    func add() { value.wrappingAdd(1, ordering: .sequentiallyConsistent) }
    var count: Int { value.load(ordering: .sequentiallyConsistent) }
}

/// Runs a server for as long as `body` takes, then stops it gracefully.
func withServer(
    _ groups: [RouteGroup], kind: HTTPServerSettings.Kind = .public, tokens: TokenDirectory = .empty,
    signIn: (any SignIn)? = nil, tls: HTTPServerSettings.TLS? = nil,
    address: HTTPServerSettings.Address = .tcp(host: "127.0.0.1", port: 0),
    limits: HTTPServerLimits = HTTPServerLimits(), body: @Sendable (ServerUnderTest) async throws -> Void
) async throws {
    let metrics = MetricsRegistry()
    let log = LogLines()
    let logger = Logger(service: "test", version: "1", level: .debug, time: .system) { log.add($0) }
    let server = try HTTPServer(
        HTTPServerSettings(name: "test", address: address, kind: kind, tls: tls, limits: limits), routes: groups,
        tokens: tokens, signIn: signIn, logger: logger, metrics: metrics)
    try server.start()
    let subject = ServerUnderTest(
        server: server, metrics: metrics, log: log, logger: logger, stop: StopSignal(), ended: StopSignal())
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { subject.ended.stop() }
            try await server.run(until: subject.stop)
        }
        do {
            try await body(subject)
        } catch {
            subject.stop.stop()
            throw error
        }
        subject.stop.stop()
        try await group.waitForAll()
    }
}

/// A server whose routes need no sign-in.
func withOpenServer(
    _ routes: [Route], limits: HTTPServerLimits = HTTPServerLimits(),
    body: @Sendable (ServerUnderTest) async throws -> Void
) async throws {
    try await withServer([RouteGroup(routes: routes)], kind: .operations, limits: limits, body: body)
}

extension Route {
    /// Answers with the body that came in.
    static func echo(_ pattern: String = "/echo", bodyBytesMax: Int? = nil) -> Route {
        Route(.post, pattern, access: .probe, accepts: ["text/plain"], bodyBytesMax: bodyBytesMax) { request in
            .bytes(200, contentType: "text/plain", request.body)
        }
    }

    /// Answers with a word.
    static func hello(_ pattern: String = "/hello") -> Route {
        Route(.get, pattern, access: .probe) { _ in .text(200, "hej") }
    }
}

/// A directory of one token per entry.
func directory(_ callers: [(token: String, role: Role, scope: String)]) throws -> TokenDirectory {
    let entries = callers.map { caller in
        let hash = SHA256.hash(Array(caller.token.utf8)).hexText
        return #"{"name":"\#(caller.token)","role":"\#(caller.role.rawValue)","sha256":"\#(hash)"\#(caller.scope)}"#
    }
    return try TokenDirectory(json: Array("[\(entries.joined(separator: ","))]".utf8))
}

/// Waits until the condition holds, at most ten seconds.
func eventually(_ condition: @Sendable () async throws -> Bool) async throws -> Bool {
    let end = ContinuousClock.now + .seconds(10)
    while ContinuousClock.now < end {
        if try await condition() { return true }
        try await Task.sleep(for: .milliseconds(5))
    }
    return false
}
