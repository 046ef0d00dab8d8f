import Delivery
import Events
import Foundation
import Kafka
import Runtime
import Support
import Testing

@testable import Scoring

/// A service killed in the middle of a re-run goes on where it was, and says what an uninterrupted one says.
@Suite("A re-run, killed and restarted", .serialized)
struct ReRunCrashTests {
    static let forms = 120
    static let points = ScoringService.definition.faultPoints.map(\.name)
    /// The state to compare with, made once for all points.
    static let uninterrupted = Task { try await run { _ in } }

    @Test("is killed at points that the service lists beside Delivery's")
    func listed() async throws {
        let service = try ServiceProcessUnderTest("scoring", bootstrapServers: "127.0.0.1:1", environment: [:])
        #expect(try await service.command("fault-points").lines.suffix(Self.points.count) == Self.points[...])
        #expect(!Self.points.isEmpty)
    }

    @Test("ends as if uninterrupted, whichever point it was killed at", arguments: points)
    func killedAt(point: String) async throws {
        let interrupted = try await Self.run { service in
            for fault in [point, "\(point):2"] {
                try service.start(["FAULT_POINT": fault])
                #expect(try await service.ending() == .killed(SIGKILL), "the point \(fault) was not reached")
            }
        }
        #expect(try await interrupted == Self.uninterrupted.value)
    }

    @Test("ends as if uninterrupted when it is killed at random")
    func killedAtRandom() async throws {
        let seed = UInt64.random(in: 1...UInt64.max)
        print("seed of the random kills: \(seed)")
        let interrupted = try await Self.run { service in
            var random = SeededGenerator(seed: seed)
            for _ in 0..<5 {
                try service.start()
                try await Task.sleep(for: .milliseconds(Int.random(in: 100...900, using: &random)))
                service.signal(SIGKILL)
                #expect(try await service.ending() == .killed(SIGKILL))
            }
        }
        #expect(try await interrupted == Self.uninterrupted.value, "seed \(seed)")
    }

    /// Scores the forms, publishes a version that scores them again, lets `interrupt` do its worst and gives the state
    /// in the end.
    private static func run(
        interrupt: (ServiceProcessUnderTest) async throws -> Void
    ) async throws -> ScoringCrashTests.FinalState {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let scoring = try ScoringOnCluster(cluster.bootstrapServers)
        try await scoring.publishInstrument()
        try await scoring.publishForms(forms, seed: 4712)
        try await scoring.score(forms)
        try await TopicTraffic.publish([IntakeStandIn.record(SeededForms.nextVersion())], to: scoring.servers)
        try await interrupt(scoring.service)
        try scoring.service.start()
        let counts = try await scoring.service.counts {
            $0["forms.re-run"] == forms && $0["re-runs.open"] == 0 && $0["said.outcome.scored"] == 2 * forms
        }
        let outcomes = try await TopicTraffic.read(.outcomes, from: scoring.servers) { $0.count >= 2 * forms }
        try await scoring.stop()
        try scoring.service.removeData()
        return ScoringCrashTests.FinalState(counts: counts, outcomes: outcomes)
    }
}
