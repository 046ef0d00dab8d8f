import Delivery
import Events
import Foundation
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
    static let uninterrupted = Task { try await run(faults: [], on: .mock()) }

    @Test("ends as if uninterrupted, whichever point it was killed at", arguments: DeliveryFaultPoints.all.map(\.name))
    func killedAt(point: String) async throws {
        let uninterrupted = try await Self.uninterrupted.value
        let interrupted = try await Self.run(faults: [point, point], on: .mock())
        #expect(interrupted == uninterrupted, "seed \(Self.seed)")
    }

    /// Runs scoring over the seeded forms and gives its final state. Before each fault more forms come in, so that
    /// there is something left to be killed at.
    static func run(faults: [String], on broker: TestBroker) async throws -> FinalState {
        let scoring = try ScoringOnCluster(
            broker.servers, prefix: broker.prefix, environment: ["BATCH_RECORDS_MAX": "25"])
        let service = scoring.service
        try await scoring.publishInstrument()
        let records = try ScoringOnCluster.forms(forms, seed: seed)
        let share = forms / (faults.count + 1)
        for (index, fault) in faults.enumerated() {
            try await broker.publish(Array(records[index * share..<(index + 1) * share]))
            try service.start(["FAULT_POINT": fault])
            #expect(try await service.ending() == .killed(SIGKILL), "the point \(fault) was not reached")
        }
        try await broker.publish(Array(records[faults.count * share..<forms]))
        try service.start()
        let counts = try await service.counts { $0["forms.scored"] == forms && $0["said.outcome.scored"] == forms }
        let outcomes = try await broker.read(.outcomes) { $0.count >= forms }
        try await scoring.stop()
        try service.removeData()
        return FinalState(counts: counts, outcomes: outcomes)
    }

    /// What a run must come to: the counts, and the distinct events by id with their values.
    struct FinalState: Equatable, Sendable {
        let counts: [String: Int]
        let outcomes: [String: [UInt8]]
    }
}
