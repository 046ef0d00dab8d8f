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
        let cluster = try MockCluster(topics: TopicTraffic.topics)
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
        let cluster = try MockCluster(topics: TopicTraffic.topics)
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

    @Test(
        "the outbox at its bound: 503 with Retry-After, and on again when the broker has taken it",
        arguments: [true, false])
    func bound(isThereAtStart: Bool) async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let intake = try IntakeProcess(cluster.bootstrapServers, environment: ["OUTBOX_ROWS_MAX": "25"])
        if !isThereAtStart { try await cluster.setDown() }
        try intake.service.start()
        if isThereAtStart { try await intake.service.counts { $0["outbox.events", default: 0] > 0 } }
        try await cluster.setDown()
        try await intake.service.eventually("503") {
            try await intake.send(.post, "/v1/children", Family.listing(serial: .random(in: 1..<900))).status == 503
        }
        try await intake.service.eventually("no readiness") { try await intake.service.probe("/readyz").status == 503 }
        try await cluster.setUp()
        try await intake.service.eventually("201") {
            try await intake.send(.post, "/v1/children", Family.listing(serial: 901)).status == 201
        }
        try await intake.stop()
    }

    @Test(
        "a full disk: 503 and nothing half done; on again when there is room",
        .enabled(if: SmallVolume.isPossible, "only root can mount a small volume"))
    func fullDisk() async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let volume = try SmallVolume(bytes: 16 << 20)
        let intake = try IntakeProcess(
            cluster.bootstrapServers, environment: ["DATA_DIRECTORY": volume.path + "/intake"])
        try intake.service.start()
        try await intake.family(serial: 0)
        try volume.fillWhole()
        try await intake.service.eventually("503") {
            let reply = try await intake.send(.post, "/v1/children", Family.listing(serial: .random(in: 1..<900)))
            return reply.status == 503 && reply.header("retry-after") != nil
        }
        #expect(try await intake.service.probe("/livez").status == 200)
        try volume.release()
        try await intake.service.eventually("201") {
            try await intake.send(.post, "/v1/children", Family.listing(serial: 901)).status == 201
        }
        let counts = try await intake.service.counts()
        #expect(counts["children.listed"] == counts["said.child.listed"])
        #expect(try await intake.service.command("audit", "verify").code == 0)
        try await intake.stop()
    }

    @Test("a file of reference data with faults ends the start with code 78 and every fault")
    func faultyFiles() async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
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

extension SmallVolume {
    /// Takes all room away: a piece at a time, since what doesn't fit whole isn't written.
    fileprivate func fillWhole() throws {
        let handle = try {
            try Data().write(to: URL(fileURLWithPath: path + "/filling"))
            return try FileHandle(forWritingTo: URL(fileURLWithPath: path + "/filling"))
        }()
        let piece = Data(count: 4096)
        do {
            for _ in 0..<4096 { try handle.write(contentsOf: piece) }
        } catch CocoaError.fileWriteOutOfSpace {
            // Full, as wished.
        }
        try handle.close()
    }
}
