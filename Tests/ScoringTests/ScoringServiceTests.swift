import Events
import Foundation
import Runtime
import Support
import Testing

@testable import Scoring

/// The whole service as a process, on a broker inside the test.
@Suite("Scoring as a process", .serialized)
struct ScoringServiceTests {
    @Test("a form whose instrument has not arrived waits, is counted, and goes through by itself")
    func formBeforeInstrument() async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let scoring = try ScoringOnCluster(cluster.bootstrapServers)
        try await scoring.publishForms(20, seed: 1)
        try scoring.service.start()
        try await scoring.service.counts { $0["forms.waiting"] == 20 && $0["forms.scored"] == 0 }
        try await scoring.publishInstrument()
        let counts = try await scoring.service.counts { $0["forms.scored"] == 20 }
        #expect(counts["parked.early"] == nil)
        try await scoring.stop()
        #expect(scoring.service.log.contains { $0.contains("\"records were parked\"") && $0.contains(" early") })
    }

    @Test("a record that ends the process three times is parked, the rest flows, and a redrive puts it through")
    func deadlyRecord() async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let scoring = try ScoringOnCluster(cluster.bootstrapServers)
        try await scoring.publishInstrument()
        try await scoring.score(0)
        // One form, so that it is the same one each time.
        try await scoring.publishForms(1, seed: 2)
        for _ in 0..<3 {
            try scoring.service.start(["FAULT_POINT": "worker.in-hand"])
            #expect(try await scoring.service.ending() == .killed(SIGKILL))
        }
        try await scoring.publishForms(29, seed: 22)
        try scoring.service.start()
        try await scoring.service.counts { $0["forms.scored"] == 29 && $0["parked.died"] == 1 }
        let ready = try await scoring.service.probe("/readyz")
        #expect(ready.status == 200 && ready.text.contains("\"status\":\"warn\""))
        let list = try await scoring.service.command("parked", "list")
        let number = try #require(list.lines.first?.split(separator: " ").first.map(String.init))
        let redriven = try await scoring.service.command("parked", "redrive", number)
        #expect(redriven.code == 0 && redriven.lines == ["\(number) applied"])
        try await scoring.service.counts { $0["forms.scored"] == 30 && $0["parked.died"] == nil }
        #expect(try await scoring.service.command("audit", "verify").lines == ["1 audit rows, the chain holds"])
        try await scoring.stop()
        #expect(
            scoring.service.log.contains {
                $0.contains("records were parked, some until somebody acts") && $0.contains("1 died")
            })
    }

    @Test("while the broker is away the service stays up with a warning, and drains when it is back")
    func brokerAway() async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let scoring = try ScoringOnCluster(cluster.bootstrapServers)
        try await scoring.publishInstrument()
        try await scoring.publishForms(10, seed: 3)
        try scoring.service.start()
        try await scoring.service.counts { $0["forms.scored"] == 10 }
        try await cluster.setDown()
        let service = scoring.service
        try await service.eventually("a warning about the broker") {
            let ready = try await service.probe("/readyz")
            return ready.status == 200 && ready.text.contains("\"status\":\"warn\"")
        }
        #expect(try await service.probe("/livez").status == 200)
        try await cluster.setUp()
        try await scoring.publishForms(10, seed: 4)
        try await service.counts { $0["forms.scored"] == 20 && $0["said.outcome.scored"] == 20 }
        try await scoring.stop()
    }

    @Test("another cluster's address stops the service with one line; adopting it reads from the beginning")
    func anotherCluster() async throws {
        let first = try MockCluster(topics: TopicTraffic.topics)
        let scoring = try ScoringOnCluster(first.bootstrapServers)
        try await scoring.publishInstrument()
        try await scoring.publishForms(5, seed: 5)
        try await scoring.score(5)
        let second = try MockCluster(topics: TopicTraffic.topics)
        let elsewhere = ["KAFKA_BOOTSTRAP_SERVERS": second.bootstrapServers]
        try scoring.service.start(elsewhere)
        #expect(try await scoring.refusal().contains("recover adopt-cluster"))
        let decided = try await scoring.service.command("recover", "adopt-cluster")
        #expect(decided.code == 0, "\(decided.lines)")
        try scoring.service.start(elsewhere)
        let outcomes = try await TopicTraffic.read(.outcomes, from: second.bootstrapServers) { $0.count >= 5 }
        #expect(outcomes.count == 5, "the journal is published on the adopted cluster")
        try await scoring.stop()
    }

    @Test("a process on a copy of the store stops while the first one lives")
    func copyOfTheStore() async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let scoring = try ScoringOnCluster(cluster.bootstrapServers)
        try await scoring.publishInstrument()
        try await scoring.publishForms(5, seed: 6)
        try await scoring.score(5)
        let copy = try ScoringOnCluster(cluster.bootstrapServers)
        try FileManager.default.copyItem(
            atPath: scoring.service.dataDirectory, toPath: copy.service.dataDirectory)
        try scoring.service.start()
        try await scoring.service.counts { $0["forms.scored"] == 5 }
        let service = scoring.service
        try await service.eventually("the first mark of the new process") {
            try await service.probe("/metrics").text.contains("kafka_consumergroup_current_offset")
        }
        #expect(try await copy.refusal().contains("a process on a copy of this store is alive"))
        #expect(scoring.service.isRunning)
        try await scoring.stop()
        try copy.service.removeData()
    }

    @Test("a second process on the same data directory does not start")
    func sameDirectory() async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let scoring = try ScoringOnCluster(cluster.bootstrapServers)
        try scoring.service.start()
        try await scoring.service.counts { _ in true }
        let second = try ScoringOnCluster(
            cluster.bootstrapServers, environment: ["DATA_DIRECTORY": scoring.service.dataDirectory])
        try second.service.start()
        #expect(try await second.service.ending() == .exited(75))
        try await scoring.stop()
    }

    @Test("a store restored from a backup stops until an operator decides, and then says nothing twice")
    func restored() async throws {
        let keys = "k1:" + String(repeating: "ab", count: 32)
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let scoring = try ScoringOnCluster(cluster.bootstrapServers, environment: ["BACKUP_KEYS": keys])
        let backup = scoring.service.dataDirectory + ".backup"
        try await scoring.publishInstrument()
        try await scoring.publishForms(5, seed: 7)
        try await scoring.score(5)
        let made = try await scoring.service.command("backup", backup)
        #expect(made.code == 0, "\(made.lines)")
        try await scoring.publishForms(7, seed: 8)
        try await scoring.score(12)
        let restored = try await scoring.service.command("restore", backup)
        #expect(restored.code == 0, "\(restored.lines)")
        #expect(try await scoring.refusal().contains("recover rolled-back"))
        let decided = try await scoring.service.command("recover", "rolled-back")
        #expect(decided.lines == ["took back 7 events of its own; the next start reads on"])
        try await scoring.score(12)
        let outcomes = try await TopicTraffic.read(.outcomes, from: cluster.bootstrapServers) { $0.count >= 12 }
        #expect(outcomes.count == 12)
        try FileManager.default.removeItem(atPath: backup)
        try scoring.service.removeData()
    }

    @Test("wrong settings end the process with every fault named and no value, code 78")
    func configuration() async throws {
        let service = try ServiceProcessUnderTest(
            "scoring", bootstrapServers: "", environment: ["LOG_LEVEL": "secretly", "OPERATIONS_LISTEN": "nowhere"])
        try service.start()
        #expect(try await service.ending() == .exited(78))
        #expect(service.log.filter { $0.hasPrefix("KAFKA_BOOTSTRAP_SERVERS") || $0.hasPrefix("LOG_LEVEL") }.count == 2)
        #expect(!service.log.joined().contains("secretly"))
    }
}
