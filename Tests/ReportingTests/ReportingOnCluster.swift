import Cryptography
import Events
import Foundation
import HTTPClient
import Support

/// A reporting process on a broker, fed as the other four services would.
struct ReportingOnCluster: Sendable {
    let servers: String
    let prefix: String
    let service: ServiceProcessUnderTest
    private let directory: TemporaryDirectory

    /// Tokens: the region's coordinator, Krokom's, one without any place, and a nurse.
    static let tokens = """
        [
        {"name": "region", "role": "regionalCoordinator", "sha256": "\(hash("region"))", "wholeRegion": true},
        {"name": "krokom", "role": "localCoordinator", "sha256": "\(hash("krokom"))", "municipalities": ["2309"]},
        {"name": "nowhere", "role": "reader", "sha256": "\(hash("nowhere"))"},
        {"name": "nurse", "role": "nurse", "sha256": "\(hash("nurse"))", "units": ["SE0000000018-A"]}
        ]
        """

    init(_ servers: String, prefix: String = "", environment: [String: String] = [:]) throws {
        self.servers = servers
        self.prefix = prefix
        directory = try TemporaryDirectory()
        try Data(Self.tokens.utf8).write(to: URL(filePath: directory.file("tokens.json")))
        var all = [
            "TOKENS_FILE": directory.file("tokens.json"), "HTTP_LISTEN": "127.0.0.1:0",
            "WITNESS_INTERVAL_SECONDS": "1", "WITNESS_WATCH_SECONDS": "4",
        ]
        all.merge(environment) { $1 }
        service = try ServiceProcessUnderTest(
            "reporting", bootstrapServers: servers, prefix: prefix, environment: all)
    }

    /// A GET on the public port.
    func get(
        _ path: String, token: String?, headers: [ClientHeader] = [], method: ClientRequest.Method = .get
    ) async throws -> ClientResponse {
        let port = try await service.port(ofServer: "public")
        var settings = HTTPClientSettings()
        settings.allowsPrivateAddresses = true
        let client = try HTTPClient(settings: settings)
        let authorization = token.map { [ClientHeader("Authorization", "Bearer \($0)")] } ?? []
        return try await client.send(
            ClientRequest(method, "http://127.0.0.1:\(port)\(path)", headers: authorization + headers))
    }

    /// Waits until so many records have been applied and so many refused.
    func applied(_ count: Int, refused: Int = 0) async throws -> [String: Int] {
        try await service.counts {
            $0["inbox.records"] == count && $0["parked.refused", default: 0] == refused
                && $0["said.reporting.dead-letter", default: 0] == refused
        }
    }

    func publish(_ records: [SaidRecord]) async throws {
        try await TopicTraffic.publish(records.map(\.outgoing), to: servers, prefix: prefix)
    }

    /// How many distinct events stand on reporting's own topic.
    func deadLetters(atLeast count: Int) async throws -> Int {
        try await TopicTraffic.read(.reportingDeadLetters, from: servers, prefix: prefix) { $0.count >= count }.count
    }

    private static func hash(_ token: String) -> String { SHA256.hash(Array(token.utf8)).hexText }
}
