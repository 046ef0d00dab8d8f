import Cryptography
import Events
import Foundation
import HTTPClient
import HTTPServer
import Runtime
import Store
import Support
import Synchronization
import Telemetry

@testable import Delivery
@testable import Intake

/// Intake's public port on a real store and a real socket, without a broker: what is said stays in the outbox.
final class IntakeUnderTest: Sendable {
    static let registryFile = Repository.root.appending(path: "compose/demo/registry.json").path
    static let instrumentFile = Repository.root.appending(path: "compose/demo/instrument.json").path
    /// Units of the demo: one of the region's, one of a private provider's in the same municipality.
    static let unit = "SE0000000018-BVC2309A"
    static let privateUnit = "SE0000000026-BVC2309B"
    /// The present in these tests.
    static let now = Timestamp(milliseconds: 1_795_000_000_000)

    let store: Store
    let registry: Registry
    let backlog: Backlog
    let metrics: MetricsRegistry
    private let keepsFiles: TemporaryStore
    private let client: HTTPClient
    private let port: UInt16
    private let lines = Mutex<[String]>([])

    private init(
        _ temporary: TemporaryStore, _ registry: Registry, _ backlog: Backlog, _ metrics: MetricsRegistry, port: UInt16
    ) throws {
        keepsFiles = temporary
        store = temporary.store
        self.registry = registry
        self.backlog = backlog
        self.metrics = metrics
        self.port = port
        var settings = HTTPClientSettings()
        settings.allowsPrivateAddresses = true
        client = try HTTPClient(settings: settings)
    }

    /// Serves for as long as `body` takes.
    static func run(
        instrumentFiles: [String] = [instrumentFile], _ body: @Sendable (IntakeUnderTest) async throws -> Void
    ) async throws {
        let temporary = try await openStore()
        let registry = try Registry(registryFile: registryFile, instrumentFiles: instrumentFiles)
        let backlog = Backlog(rowsMax: 1000)
        let metrics = MetricsRegistry()
        let logger = Logger(service: "intake", version: "1", level: .error, time: .system) { _ in }
        let intake = Intake(
            registry: registry, region: "23", outbox: Outbox(service: .intake, region: "23"),
            time: TimeSource { now }, ids: .system)
        let desk = Desk(intake: intake, store: temporary.store, backlog: backlog)
        let groups = IntakeRoutes.groups(
            desk,
            forms: FormEndpoints(
                desk: desk, profile: FormProfile(registry: registry), metrics: FormMetrics(metrics)),
            questionnaires: QuestionnaireEndpoints(registry: registry, version: "1"))
        let server = try HTTPServer(
            HTTPServerSettings(name: "public", address: .tcp(host: "127.0.0.1", port: 0), kind: .public),
            routes: groups, tokens: Tokens.directory, logger: logger, metrics: metrics)
        try server.start()
        let subject = try IntakeUnderTest(temporary, registry, backlog, metrics, port: server.port ?? 0)
        let stop = StopSignal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run(until: stop) }
            do {
                try await body(subject)
            } catch {
                stop.stop()
                throw error
            }
            stop.stop()
            try await group.waitForAll()
        }
    }

    /// A fresh store with all of intake's tables and an identity.
    static func openStore() async throws -> TemporaryStore {
        let temporary = try await TemporaryStore(migrations: IntakeService.definition.allMigrations)
        _ = try await temporary.store.write { try StoreIdentity.load(place: "test", ids: .system, in: $0) }
        return temporary
    }

    /// Sends a request; `token` names one of `Tokens`.
    func send(
        _ method: ClientRequest.Method, _ path: String, _ body: [UInt8]? = nil, token: String = "nurse",
        contentType: String = "application/json", headers: [ClientHeader] = []
    ) async throws -> Reply {
        var all = headers + [ClientHeader("Authorization", "Bearer \(token)")]
        if body != nil { all.append(ClientHeader("Content-Type", contentType)) }
        let response = try await client.send(
            ClientRequest(method, "http://127.0.0.1:\(port)\(path)", headers: all, body: body ?? []))
        return Reply(response)
    }

    /// Posts a document.
    func post(
        _ path: String, _ document: Document, token: String = "nurse", headers: [ClientHeader] = []
    ) async throws -> Reply {
        try await send(.post, path, document.bytes, token: token, headers: headers)
    }

    /// Everything said so far, as its readers will get it.
    func said() async throws -> [ReceivedEvent] { try await Self.said(in: store) }

    static func said(in store: Store) async throws -> [ReceivedEvent] {
        let entries = try await store.read { scope in
            try Outbox(service: .intake, region: "23").entries(
                after: 0, rowsMax: 100_000, bytesMax: 1 << 30, from: scope)
        }
        return entries.map { entry in
            ReceivedEvent(
                envelope: entry.envelope, topic: entry.topic, value: entry.value, child: entry.envelope.child)
        }
    }

    /// The events of one type.
    func said<Body: EventBody>(_ type: Body.Type) async throws -> [Event<Body>] {
        try await said().filter { $0.envelope.eventType == Body.type }.map { try $0.decoded(as: type) }
    }
}

/// What came back.
struct Reply: Sendable, CustomStringConvertible {
    let status: Int
    let body: [UInt8]
    private let response: ClientResponse

    init(_ response: ClientResponse) {
        status = response.status
        body = response.body
        self.response = response
    }

    var text: String { String(decoding: body, as: UTF8.self) }
    var description: String { "\(status) \(text)" }
    func header(_ name: String) -> String? { response.header(name) }

    func decoded<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(type, from: Data(body))
    }
}

/// Machines that may call, each with its name as its token.
enum Tokens {
    static let directory: TokenDirectory = {
        let region = #""careProvider":"0000000018""#
        let unit = #""units":["\#(IntakeUnderTest.unit)"]"#
        let entries = [
            entry("nurse", "nurse", "\(region),\(unit)"), entry("doctor", "doctor", "\(region),\(unit)"),
            entry("tablet", "tablet", "\(region),\(unit)"), entry("ehr", "ehr", #""wholeRegion":true"#),
            entry(
                "private-nurse", "nurse",
                #""careProvider":"0000000026","units":["\#(IntakeUnderTest.privateUnit)"]"#),
            // Somebody wrote another provider's unit into this scope: the wall still holds.
            entry("beyond-wall", "nurse", #""careProvider":"0000000026",\#(unit)"#),
            entry("reader", "reader", #""wholeRegion":true"#),
        ]
        do {
            return try TokenDirectory(json: Array("[\(entries.joined(separator: ","))]".utf8))
        } catch {
            preconditionFailure("\(error)")
        }
    }()

    static func entry(_ name: String, _ role: String, _ scope: String) -> String {
        let hash = SHA256.hash(Array(name.utf8)).hexText
        return #"{"name":"\#(name)","role":"\#(role)","sha256":"\#(hash)",\#(scope)}"#
    }
}
