import Delivery
import Events
import Foundation
import HTTPClient
import Kafka
import Runtime
import Support

@testable import Intake

/// An intake process on a broker inside the test, spoken to over its public port.
struct IntakeProcess: Sendable {
    let servers: String
    let prefix: String
    let service: ServiceProcessUnderTest
    private let files: TemporaryDirectory
    private let client: HTTPClient

    init(_ servers: String, prefix: String = "", environment: [String: String] = [:]) throws {
        self.servers = servers
        self.prefix = prefix
        files = try TemporaryDirectory()
        let tokens = files.file("tokens.json")
        let unit = #""careProvider":"0000000018","units":["\#(IntakeUnderTest.unit)"]"#
        let entries = [Tokens.entry("nurse", "nurse", unit), Tokens.entry("tablet", "tablet", unit)]
        try "[\(entries.joined(separator: ","))]".write(toFile: tokens, atomically: true, encoding: .utf8)
        var all = [
            "REGISTRY_FILE": IntakeUnderTest.registryFile, "INSTRUMENT_FILES": IntakeUnderTest.instrumentFile,
            "TOKENS_FILE": tokens, "HTTP_LISTEN": "127.0.0.1:0", "WITNESS_INTERVAL_SECONDS": "1",
            "WITNESS_WATCH_SECONDS": "4",
        ]
        all.merge(environment) { $1 }
        service = try ServiceProcessUnderTest(
            "intake", bootstrapServers: servers, prefix: prefix, environment: all)
        var settings = HTTPClientSettings()
        settings.allowsPrivateAddresses = true
        client = try HTTPClient(settings: settings)
    }

    /// Sends a request to the process that runs now.
    func send(
        _ method: ClientRequest.Method, _ path: String, _ document: Document? = nil, token: String = "nurse"
    ) async throws -> Reply {
        let port = try await service.port(ofServer: "public")
        var headers = [ClientHeader("Authorization", "Bearer \(token)")]
        if document != nil { headers.append(ClientHeader("Content-Type", "application/json")) }
        return Reply(
            try await client.send(
                ClientRequest(
                    method, "http://127.0.0.1:\(port)\(path)", headers: headers, body: document?.bytes ?? [])))
    }

    /// Lists a child, records a visit and hands in both parents' forms.
    func family(serial: Int) async throws {
        let listed: Family.Listed = try await send(.post, "/v1/children", Family.listing(serial: serial)).decoded()
        let family = Family(
            child: listed.child, mother: listed.respondents[0].respondent, father: listed.respondents[1].respondent)
        let visit: Family.Recorded = try await send(.post, "/v1/visits", family.visit()).decoded()
        for parent in [family.mother, family.father] {
            let form = family.form(visit.visit, answer: "yes", by: parent)
            let reply = try await send(.post, "/fhir/QuestionnaireResponse", form, token: "tablet")
            guard reply.status == 201 else { throw ServiceProcessUnderTest.Trouble(description: "\(reply)") }
        }
        let reply = try await send(.post, "/v1/conversations", AgreementTests.document(family))
        guard reply.status == 201 else { throw ServiceProcessUnderTest.Trouble(description: "\(reply)") }
    }

    /// Publishes outcomes as scoring would.
    func publishOutcomes(_ count: Int, seed: UInt64) async throws {
        try await TopicTraffic.publish(Self.outcomes(count, seed: seed), to: servers, prefix: prefix)
    }

    /// Outcomes of children of whom intake knows nothing else.
    static func outcomes(_ count: Int, seed: UInt64) throws -> [OutgoingRecord] {
        var generator = SeededGenerator(seed: seed)
        return try (0..<count).map { _ in
            func uuid() -> UUID { UUID(high: generator.next(), low: generator.next(), version: 4) }
            let child = ChildID(uuid())
            let event = Event(
                CommonMembers(
                    occurredAt: IntakeUnderTest.now, region: "23", unit: nil, residenceMunicipality: nil,
                    actor: Actor(role: .system), restricted: false, synthetic: true, registryVersion: "1"),
                OutcomeScored(
                    screening: ScreeningID(uuid()), visit: VisitID(uuid()), slot: "10m",
                    respondent: RespondentID(uuid()),
                    instrument: IntakeUnderTest.instrument.reference, factors: [], signals: [], acute: false,
                    cause: .answered))
            let envelope = Envelope(
                of: event, child: child, source: EventSource(region: "23", service: .scoring), trigger: .write(uuid()),
                triggeredAt: IntakeUnderTest.now, recordedAt: IntakeUnderTest.now, epoch: 1)
            return OutgoingRecord(
                topic: Topic.outcomes.name(), key: Array(child.text.utf8), value: try EventCodec.encode(event),
                headers: envelope.headers(Header.init))
        }
    }

    /// Every record of intake's topics once `count` stand there: key, headers and value as one text each.
    func records(_ count: Int) async throws -> [String] {
        let topics = Catalogue.topicsWritten(by: .intake).map(\.topic)
        let records = try await TopicTraffic.records(on: topics, from: servers, prefix: prefix) {
            $0.count >= count
        }
        return records.map { record in
            let headers = record.headers.flatMap { Array("\($0.name)=".utf8) + ($0.value ?? []) }
            return String(decoding: (record.key ?? []) + headers + (record.value ?? []), as: UTF8.self)
        }
    }

    func stop() async throws {
        service.signal(SIGTERM)
        guard try await service.ending() == .exited(0) else {
            throw ServiceProcessUnderTest.Trouble(description: "did not drain: \(service.log.suffix(5))")
        }
        try service.removeData()
    }
}
