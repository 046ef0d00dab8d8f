import Delivery
import Events
import Foundation
import HTTPClient
import Support
import Testing

@testable import Intake

/// The whole service as a process, on a broker inside the test.
@Suite("Intake as a process", .serialized)
struct IntakeServiceTests {
    @Test("planted names and identity numbers are in no topic, log, metric, address or error")
    func plantedNames() async throws {
        let cluster = try MockCluster(topics: IntakeProcess.topics)
        let intake = try IntakeProcess(cluster.bootstrapServers, environment: ["LOG_LEVEL": "debug"])
        try intake.service.start()
        for serial in 0..<5 { try await intake.family(serial: serial) }
        var replies: [String] = []
        let planted = "Planterad 195009072553"
        for (path, document) in [
            ("/v1/children", Family.listing().with("since", "2025-09-11")),
            ("/v1/children", Family.listing().with(planted, .text(planted))),
            ("/v1/children", Family.listing().with("unit", .text(planted))),
            ("/v1/visits", ["child": .text(planted), planted: .text(planted)]),
            ("/v1/conversations", ["respondent": .text(planted), "offers": [[planted: .text(planted)]]]),
            ("/fhir/QuestionnaireResponse", ["resourceType": .text(planted)]),
            ("/fhir/QuestionnaireResponse", ["resourceType": "QuestionnaireResponse", planted: .text(planted)]),
        ] as [(String, Document)] {
            let reply = try await intake.send(.post, path, document)
            #expect((400..<500).contains(reply.status), "\(path) \(reply)")
            replies.append(reply.text)
        }
        let counts = try await intake.service.counts { $0["screenings.answered"] == 10 }
        let records = try await intake.records(counts["outbox.events", default: 0])
        #expect(records.count == counts["outbox.events"])
        let metrics = try await intake.service.probe("/metrics").text
        let everything = replies + records + intake.service.log + [metrics]
        let secrets = Family.names + ["Planterad", Family.motherNumber] + (0..<5).map { Family.number($0) }
        for secret in secrets {
            #expect(!everything.contains { $0.contains(secret) }, "\(secret)")
        }
        #expect(intake.service.log.count > 20)
        try await intake.stop()
    }

    @Test("what was acknowledged without a broker is published when it is there")
    func brokerLater() async throws {
        let cluster = try MockCluster(topics: IntakeProcess.topics)
        try await cluster.setDown()
        let intake = try IntakeProcess(cluster.bootstrapServers)
        try intake.service.start()
        try await intake.family(serial: 0)
        let ready = try await intake.service.probe("/readyz")
        #expect(ready.status == 200 && ready.text.contains(#""status":"warn""#))
        try await cluster.setUp()
        let said = try await intake.service.counts()["outbox.events", default: 0]
        #expect(try await intake.records(said).count == said)
        try await intake.stop()
    }

    @Test("the outbox at its bound: 503 with Retry-After, and on again when the broker has taken it")
    func bound() async throws {
        let cluster = try MockCluster(topics: IntakeProcess.topics)
        let intake = try IntakeProcess(cluster.bootstrapServers, environment: ["OUTBOX_ROWS_MAX": "25"])
        try intake.service.start()
        try await intake.family(serial: 0)
        try await cluster.setDown()
        try await intake.service.eventually("503") {
            try await intake.send(.post, "/v1/children", Family.listing(serial: .random(in: 1..<900))).status == 503
        }
        #expect(try await intake.service.probe("/readyz").status == 503)
        try await cluster.setUp()
        try await intake.service.eventually("201") {
            try await intake.send(.post, "/v1/children", Family.listing(serial: 901)).status == 201
        }
        try await intake.stop()
    }

    @Test("a file of reference data with faults ends the start with code 78 and every fault")
    func faultyFiles() async throws {
        let cluster = try MockCluster(topics: IntakeProcess.topics)
        let files = try TemporaryDirectory()
        let registry = files.file("registry.json")
        try #"{"version": 1, "units": [{"unit": "SE1"}]}"#.write(toFile: registry, atomically: true, encoding: .utf8)
        let intake = try IntakeProcess(cluster.bootstrapServers, environment: ["REGISTRY_FILE": registry])
        try intake.service.start()
        #expect(try await intake.service.ending() == .exited(78))
        let log = intake.service.log.joined(separator: "\n")
        for place in ["#/version", "#/synthetic", "#/visitSlots", "#/units/0/unit", "#/units/0/phone"] {
            #expect(log.contains("registry.json\(place):"), "\(place)")
        }
        try intake.service.removeData()
    }
}
