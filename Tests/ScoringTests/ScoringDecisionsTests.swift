import Events
import Foundation
import Runtime
import Support
import Testing

@testable import Scoring

/// What operators and their machines do to a service, as a process.
@Suite("Scoring and its operators", .serialized)
struct ScoringDecisionsTests {
    @Test("an operator who knows that a store is lost has the new one take over at once, and the ids are the same")
    func takeOverOnEmptyStore() async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let lost = try ScoringOnCluster(cluster.bootstrapServers)
        try await lost.publishInstrument()
        try await lost.publishForms(5, seed: 31)
        try await lost.score(5)
        let before = try await TopicTraffic.read(.outcomes, from: cluster.bootstrapServers) { $0.count >= 5 }
        try lost.service.removeData()
        let anew = try ScoringOnCluster(cluster.bootstrapServers)
        // On a mistyped directory it would fence the store that is well: the new one is made first, by another word.
        let refused = try await anew.service.command("recover", "take-over")
        #expect(refused.code == 78, "\(refused.lines)")
        #expect(try await anew.service.command("migrate").code == 0)
        let decided = try await anew.service.command("recover", "take-over")
        #expect(decided.code == 0, "\(decided.lines)")
        try await anew.score(5)
        #expect(!anew.service.log.contains { $0.contains("watching whether") })
        let after = try await TopicTraffic.read(.outcomes, from: cluster.bootstrapServers) { $0.count >= 5 }
        #expect(after.keys.sorted() == before.keys.sorted())
        try anew.service.removeData()
    }

    @Test("a topic is read again although records of it are parked and the process is killed on the way")
    func rereadWithParked() async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let scoring = try ScoringOnCluster(cluster.bootstrapServers)
        try await scoring.publishForms(5, seed: 32)
        try scoring.service.start()
        try await scoring.service.counts { $0["forms.waiting"] == 5 }
        try await scoring.stop()
        #expect(try await scoring.service.command("recover", "reread", "answers").code == 0)
        try scoring.service.start(["FAULT_POINT": "worker.fetched"])
        #expect(try await scoring.service.ending() == .killed(SIGKILL))
        try scoring.service.start()
        try await scoring.service.counts { $0["forms.waiting"] == 5 }
        try await scoring.publishInstrument()
        try await scoring.service.counts { $0["forms.scored"] == 5 && $0["forms.waiting"] == 0 }
        try await scoring.stop()
        try scoring.service.removeData()
    }

    @Test("a command that the running service can't carry out says why, with its code")
    func backupWithoutKeys() async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let scoring = try ScoringOnCluster(cluster.bootstrapServers)
        try scoring.service.start()
        try await scoring.service.counts { _ in true }
        let refused = try await scoring.service.command("backup", "/tmp/never")
        #expect(refused.code == 78)
        #expect(refused.lines.first?.contains("BACKUP_KEYS") == true, "\(refused.lines)")
        try await scoring.stop()
        try scoring.service.removeData()
    }

    @Test("started without a broker the service stays up with a warning, goes on when there is one, and drains")
    func startedWithoutBroker() async throws {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let scoring = try ScoringOnCluster(cluster.bootstrapServers)
        try await scoring.publishInstrument()
        try await scoring.publishForms(5, seed: 33)
        try await cluster.setDown()
        try scoring.service.start()
        let service = scoring.service
        try await service.eventually("a warning about the broker") {
            let ready = try await service.probe("/readyz")
            return ready.status == 200 && ready.text.contains("\"status\":\"warn\"")
        }
        try await scoring.stop()
        try scoring.service.start()
        try await cluster.setUp()
        try await scoring.service.counts { $0["forms.scored"] == 5 }
        try await scoring.stop()
        try scoring.service.removeData()
    }

    @Test(
        "with a full disk the service stays up and not ready, and goes on by itself when there is room",
        .enabled(if: SmallVolume.isPossible))
    func fullDisk() async throws {
        let volume = try SmallVolume(bytes: 32 << 20)
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let scoring = try ScoringOnCluster(
            cluster.bootstrapServers, environment: ["DATA_DIRECTORY": volume.path + "/data"])
        let service = scoring.service
        try await scoring.publishInstrument()
        try await scoring.publishForms(5, seed: 34)
        try service.start()
        try await service.counts { $0["forms.scored"] == 5 }
        try volume.fillAll()
        try await scoring.publishForms(300, seed: 35)
        try await service.eventually("not ready") { try await service.probe("/readyz").status == 503 }
        #expect(try await service.probe("/livez").status == 200)
        let stuck = try await service.counts { _ in true }
        #expect(stuck["forms.scored", default: 0] < 305)
        try volume.release()
        try await service.counts(within: .seconds(60)) {
            $0["forms.scored"] == 305 && $0["said.outcome.scored"] == 305
        }
        try await service.eventually("ready again") { try await service.probe("/readyz").status == 200 }
        try await scoring.stop()
    }
}
