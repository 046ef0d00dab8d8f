import Delivery
import Events
import Foundation
import Kafka
import Runtime
import Support
import Testing

@testable import Scoring

/// A service killed at any named point and restarted ends in the state of an uninterrupted run.
@Suite("Scoring, killed and restarted", .serialized)
struct ScoringCrashTests {
    static let forms = 60
    static let seed: UInt64 = 4711
    /// The state to compare with, made once for all points.
    static let uninterrupted = Task { try await run(seed: seed, faults: []) }

    @Test("ends as if uninterrupted, whichever point it was killed at", arguments: DeliveryFaultPoints.all.map(\.name))
    func killedAt(point: String) async throws {
        let uninterrupted = try await Self.uninterrupted.value
        let interrupted = try await Self.run(seed: Self.seed, faults: [point, point])
        #expect(interrupted == uninterrupted, "seed \(Self.seed)")
    }

    /// Runs scoring over the seeded forms and gives its final state. Before each fault more forms come in, so that
    /// there is something left to be killed at.
    static func run(seed: UInt64, faults: [String]) async throws -> FinalState {
        let cluster = try MockCluster(topics: TopicTraffic.topics)
        let servers = cluster.bootstrapServers
        let service = try ServiceProcessUnderTest(
            "scoring", bootstrapServers: servers, environment: ["BATCH_RECORDS_MAX": "25"])
        var seeded = SeededForms(seed: seed)
        try await TopicTraffic.publish([IntakeStandIn.record(SeededForms.instrument)], to: servers)
        var records: [OutgoingRecord] = []
        for index in 0..<forms {
            let (child, event) = try seeded.form(at: index)
            records.append(try IntakeStandIn.record(event, child: child, trigger: seeded.uuid()))
        }
        let share = forms / (faults.count + 1)
        for (index, fault) in faults.enumerated() {
            try await TopicTraffic.publish(Array(records[index * share..<(index + 1) * share]), to: servers)
            try service.start(["FAULT_POINT": fault])
            #expect(try await service.ending() == .killed(SIGKILL), "the point \(fault) was not reached")
        }
        try await TopicTraffic.publish(Array(records[faults.count * share..<forms]), to: servers)
        try service.start()
        let counts = try await service.counts { $0["forms.scored"] == forms && $0["said.outcome.scored"] == forms }
        let outcomes = try await TopicTraffic.read(.outcomes, from: servers) { $0.count >= forms }
        service.signal(SIGTERM)
        #expect(try await service.ending() == .exited(0))
        try service.removeData()
        return FinalState(counts: counts, outcomes: outcomes)
    }

    /// What a run must come to: the counts, and the distinct events by id with their values.
    struct FinalState: Equatable, Sendable {
        let counts: [String: Int]
        let outcomes: [String: [UInt8]]
    }
}
