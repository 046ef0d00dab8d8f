import Delivery
import Events
import Foundation
import Runtime
import Store
import Support
import Testing

@testable import Scoring

/// `replay` and `explain` as an operator runs them, on a service that runs and on one that doesn't.
@Suite("Commands on scoring's store", .serialized)
struct StoreCommandTests {
    /// A stopped service that has scored so many forms.
    static func scored(_ forms: Int) async throws -> (cluster: MockCluster, scoring: ScoringOnCluster) {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let scoring = try ScoringOnCluster(cluster.bootstrapServers)
        try await scoring.publishInstrument()
        try await scoring.publishForms(forms, seed: 11)
        try await scoring.score(forms)
        return (cluster, scoring)
    }

    /// What is changed in the store of a service that doesn't run.
    static func change<T: Sendable>(
        _ scoring: ScoringOnCluster, _ body: @escaping @Sendable (Transaction) throws -> T
    ) async throws -> T {
        let directory = try DataDirectory(locking: scoring.service.dataDirectory)
        let store = try await Store.open(directory, migrations: ScoringService.definition.allMigrations) { _ in }
        let value = try await store.write(body)
        await store.close()
        return value
    }

    static func run(_ scoring: ScoringOnCluster, _ words: String...) throws -> CommandUnderTest {
        var environment = scoring.service.environment
        environment["USER"] = "kim"
        return try CommandUnderTest("scoring", words, environment: environment)
    }

    @Test("a replay finds nothing, then the one row that was changed; the same whether the service runs or not")
    func replay() async throws {
        let (_, scoring) = try await Self.scored(40)
        let screening = try await Self.change(scoring) { transaction in
            try transaction.first("SELECT screening FROM scored ORDER BY respondent LIMIT 1 OFFSET 7") {
                ScreeningID(try $0.uuid(0))
            }
        }
        let planted = try #require(screening)
        for isRunning in [false, true] {
            if isRunning { try await start(scoring) }
            let ending = try Self.run(scoring, "replay")
            #expect(ending.code == 0 && ending.output == ["40 forms scored again, none differs"], "\(ending)")
            if isRunning { try await scoring.stop() }
        }
        #expect(
            try await Self.change(scoring) { transaction in
                try transaction.execute(
                    """
                    UPDATE scored SET content = replace(content, '"acute":', '"acute" :') WHERE screening = ?
                    """, .uuid(planted.uuid))
            } == 1)
        for isRunning in [false, true] {
            if isRunning { try await start(scoring) }
            let ending = try Self.run(scoring, "replay")
            #expect(ending.code == 1 && ending.output.count == 2, "\(ending)")
            #expect(ending.output.first?.hasPrefix("\(planted.text) differs: ") == true)
            #expect(ending.output.last == "40 forms scored again, 1 differ")
            if isRunning { try await scoring.stop() }
        }
        try scoring.service.removeData()
    }

    @Test("an explanation leaves a row in the audit, whether the service runs or not")
    func explain() async throws {
        let (_, scoring) = try await Self.scored(3)
        let found = try await Self.change(scoring) { transaction in
            try transaction.first("SELECT screening FROM scored LIMIT 1") { ScreeningID(try $0.uuid(0)) }
        }
        let screening = try #require(found).text
        let stopped = try Self.run(scoring, "explain", screening)
        #expect(stopped.code == 0 && stopped.output.last == "the kept outcome agrees", "\(stopped)")
        try await start(scoring)
        let running = try Self.run(scoring, "explain", screening, "--with-answers", "--reason", "asked by the unit")
        #expect(running.code == 0 && running.output.filter { $0.hasPrefix("answer: ") }.count == 4, "\(running)")
        #expect(try Self.run(scoring, "explain", screening).output == stopped.output)
        #expect(try Self.run(scoring, "audit", "verify").output == ["3 audit rows, the chain holds"])
        #expect(!scoring.service.log.joined().contains(screening), "no log line names it")
        try await scoring.stop()
        try scoring.service.removeData()
    }

    @Test("wrong words and wrong settings change nothing: codes 2, 65 and 78")
    func faults() async throws {
        let scoring = try ScoringOnCluster("127.0.0.1:1")
        for words in [
            ["replay", "all"], ["replay", "--goes-on", "00/2026-09-01T10:00:00Z/1/1/0"], ["explain"], ["explain", "x"],
        ] {
            let ending = try CommandUnderTest("scoring", words, environment: scoring.service.environment)
            #expect(ending.code == 2 && ending.errors.count == 1 && ending.output.isEmpty, "\(ending)")
        }
        #expect(!FileManager.default.fileExists(atPath: scoring.service.dataDirectory))
        for words in [["replay"], ["explain", UUID().uuidString.lowercased()]] {
            let ending = try CommandUnderTest("scoring", words)
            #expect(ending.code == 78 && ending.errors.contains { $0.contains("DATA_DIRECTORY") }, "\(ending)")
        }
        let nowhere = try Self.run(scoring, "replay")
        #expect(nowhere.code == 78 && nowhere.output.isEmpty, "\(nowhere)")
        #expect(!FileManager.default.fileExists(atPath: scoring.service.dataDirectory))
        #expect(try Self.run(scoring, "migrate").code == 0)
        let unknown = try Self.run(scoring, "explain", "018f0000-0000-7000-8000-000000000001")
        #expect(unknown.code == 65 && unknown.output == ["no such screening was scored"], "\(unknown)")
        try scoring.service.removeData()
    }

    private func start(_ scoring: ScoringOnCluster) async throws {
        try scoring.service.start()
        _ = try await scoring.service.port(ofServer: "control")
    }
}
