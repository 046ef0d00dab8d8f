import Configuration
import Cryptography
import Events
import Foundation
import HTTPClient
import HTTPServer
import Runtime
import Telemetry
import Testing

@testable import Delivery
@testable import Notifier

/// The public port on a desk, served on a port of its own.
struct PublicPort: Sendable {
    let desk: Desk
    let backlog: Backlog
    let seenEnds = SeenEnds()
    let server: HTTPServer
    let routes: PublicRoutes

    static let tokens = ["therapist": "secret-therapist", "worker": "secret-worker", "nurse": "secret-nurse"]

    init(desk: Desk, backlogRowsMax: Int = 10) throws {
        self.desk = desk
        backlog = Backlog(rowsMax: backlogRowsMax)
        let logger = Logger(service: "test", version: "1", level: .error, time: .system) { _ in }
        let settings = try SettingsReader.read([
            "REGION": "23", "DATA_DIRECTORY": "/nonexistent", "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1",
        ]) { ServiceSettings(&$0, service: .notifier) }
        let context = ServiceContext(
            service: .notifier, settings: settings, store: desk.store, outbox: desk.outbox, backlog: backlog,
            seenEnds: seenEnds, catchingUp: CatchingUp(), logger: logger, metrics: MetricsRegistry(),
            time: desk.clock.source, ids: .system)
        routes = PublicRoutes(context: context, takeAnswer: TakeAnswer(outbox: desk.outbox))
        server = try HTTPServer(
            HTTPServerSettings(name: "public", address: .tcp(host: "127.0.0.1", port: 0), kind: .public),
            routes: [routes.group], tokens: try TokenDirectory(json: Self.tokenFile()), logger: logger,
            metrics: MetricsRegistry())
    }

    /// What the worker does when it has seen the ends of the watched topics.
    func seeEnds() {
        seenEnds.ask([:], askedAt: desk.clock.now)
        seenEnds.applied(next: [:])
    }

    private static func tokenFile() -> [UInt8] {
        let entries = [("therapist", "familyTherapist"), ("worker", "socialWorker"), ("nurse", "nurse")].map {
            let hash = SHA256.hash(Array((tokens[$0] ?? "").utf8)).hexText
            return #"{"name":"\#($0)","role":"\#($1)","sha256":"\#(hash)","municipalities":["2380"]}"#
        }
        return Array("[\(entries.joined(separator: ","))]".utf8)
    }

    /// Serves while `body` runs.
    func serving(_ body: @Sendable (PublicCaller) async throws -> Void) async throws {
        try server.start()
        var settings = HTTPClientSettings()
        settings.allowsPrivateAddresses = true
        let caller = PublicCaller(
            url: "http://127.0.0.1:\(try #require(server.port))", client: try HTTPClient(settings: settings))
        let stop = StopSignal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run(until: stop) }
            defer { stop.stop() }
            try await body(caller)
            stop.stop()
            try await group.waitForAll()
        }
    }
}

/// A municipality's system.
struct PublicCaller: Sendable {
    let url: String
    let client: HTTPClient

    func answer(
        _ referral: String, _ body: String, as name: String? = "therapist", contentType: String = "application/json"
    ) async throws -> ClientResponse {
        try await send(
            .post, "/v1/referrals/\(referral)/answers", as: name, [ClientHeader("content-type", contentType)],
            Array(body.utf8))
    }

    func get(_ path: String, as name: String? = "therapist") async throws -> ClientResponse {
        try await send(.get, path, as: name)
    }

    private func send(
        _ method: ClientRequest.Method, _ path: String, as name: String?, _ headers: [ClientHeader] = [],
        _ body: [UInt8] = []
    ) async throws -> ClientResponse {
        let token = name.map { ClientHeader("authorization", "Bearer \(PublicPort.tokens[$0] ?? $0)") }
        return try await client.send(
            ClientRequest(method, url + path, headers: headers + [token].compactMap { $0 }, body: body))
    }
}
